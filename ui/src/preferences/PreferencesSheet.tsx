// All preferences on one sheet. Every change is in force, and saved, at once.
import { Dialog } from '../shared/Dialog';
import { Waiting } from '../shared/Waiting';
import { useActions, useApp } from '../state/react';
import { AboutSection } from './AboutSection';
import { AdvancedSection } from './AdvancedSection';
import { BackupsSection } from './BackupsSection';
import { DialChoice } from './DialChoice';
import { MeasureSection } from './MeasureSection';
import { ModelsSection } from './ModelsSection';
import { Part, PartsNav } from './PreferenceParts';
import { PlanSection } from './PlanSection';
import { QuestionsSection } from './QuestionsSection';
import { ReadAgainBar } from './ReadAgainBar';
import { RunningChoice } from './RunningChoice';
import { ScreeningChoice } from './ScreeningChoice';
import { ThemeChoice } from './ThemeChoice';
import { ThresholdTable } from './ThresholdTable';
import './PreferencesSheet.css';

export function PreferencesSheet() {
  const { showPanel } = useActions();
  const waiting = useApp(({ running, runningFault }) => running === null && runningFault === null);
  return (
    <Dialog
      title="Preferences"
      sheet
      below={<PartsNav />}
      testId="preferences"
      onClose={() => showPanel('none')}
    >
      <Part name="speed">
        {waiting ? (
          <Waiting>Finding out what this computer can do</Waiting>
        ) : (
          <>
            <RunningChoice
              preference="speed"
              legend="Speed and accuracy"
              hint="The more often each passage is read, the better clauses are told from other text, and the longer it takes. A quality of 1 would be every clause found with no false alarm (experts call it AUPR)."
            />
            <PlanSection />
          </>
        )}
      </Part>
      <Part name="listed">
        <DialChoice />
        <ThresholdTable />
      </Part>
      <Part name="models">
        <ModelsSection />
        <ScreeningChoice />
      </Part>
      <Part name="questions">
        <QuestionsSection />
      </Part>
      <Part name="computer">
        {!waiting && <AdvancedSection />}
        <MeasureSection />
      </Part>
      <Part name="colours">
        <ThemeChoice />
      </Part>
      <Part name="backups">
        <BackupsSection />
      </Part>
      <Part name="about">
        <AboutSection />
      </Part>
      <ReadAgainBar />
    </Dialog>
  );
}
