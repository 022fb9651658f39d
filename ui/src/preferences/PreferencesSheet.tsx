// All preferences on one sheet. Every change is in force, and saved, at once.
import { Dialog } from '../shared/Dialog';
import { useActions } from '../state/react';
import { PlanSection } from './PlanSection';
import { SpeedChoice } from './SpeedChoice';
import { ThemeChoice } from './ThemeChoice';
import { ThreadsField } from './ThreadsField';
import { ThresholdTable } from './ThresholdTable';
import './PreferencesSheet.css';

export function PreferencesSheet() {
  const { showPanel } = useActions();
  return (
    <Dialog title="Preferences" sheet testId="preferences" onClose={() => showPanel('none')}>
      <SpeedChoice />
      <ThreadsField />
      <PlanSection />
      <ThemeChoice />
      <ThresholdTable />
    </Dialog>
  );
}
