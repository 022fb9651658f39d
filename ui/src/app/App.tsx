// The window: bar, contracts, viewer and clauses, status line, and what lies over them.
import { AddClauseDialog } from '../findings/AddClauseDialog';
import { FindingsPanel } from '../findings/FindingsPanel';
import { Matrix } from '../matrix/Matrix';
import { PreferencesSheet } from '../preferences/PreferencesSheet';
import { SplitPane } from '../shared/SplitPane';
import { Waiting } from '../shared/Waiting';
import { useActiveContract, useApp } from '../state/react';
import { Banners } from './Banners';
import { ContractDesk } from './ContractDesk';
import { ContractRail } from './ContractRail';
import { DropOverlay } from './DropOverlay';
import { EmptyState } from './EmptyState';
import { LiveRegion } from './LiveRegion';
import { PasswordDialog } from './PasswordDialog';
import { ShortcutSheet } from './ShortcutSheet';
import { StatusLine } from './StatusLine';
import { Toasts } from './Toasts';
import { TopBar } from './TopBar';
import { useBodyState } from './useBodyState';
import { useShortcuts } from './useShortcuts';
import { useTheme } from './useTheme';
import './App.css';

export function App() {
  const phase = useApp((state) => state.phase);
  const fault = useApp((state) => state.fault);
  const panel = useApp((state) => state.panel);
  const comparing = useApp(({ matrix }) => matrix.open);
  useTheme();
  useBodyState();
  useShortcuts();

  if (phase !== 'ready') {
    return (
      <main className="app-start">
        {phase === 'starting' ? (
          <Waiting>Proviso is starting</Waiting>
        ) : (
          <div role="alert">
            <h1>Proviso could not start</h1>
            <p>{fault}</p>
          </div>
        )}
      </main>
    );
  }
  return (
    <div className="app">
      <TopBar />
      <Banners />
      <main className="app-main">
        {comparing ? (
          <Matrix />
        ) : (
          <>
            <ContractRail />
            <Work />
          </>
        )}
      </main>
      <StatusLine />
      {panel === 'preferences' && <PreferencesSheet />}
      {panel === 'shortcuts' && <ShortcutSheet />}
      <AddClauseDialog />
      <PasswordDialog />
      <DropOverlay />
      <Toasts />
      <LiveRegion />
    </div>
  );
}

/** A third of a small window; as wide as lines are well read in a large one. */
function usualListWidth(): number {
  return Math.round(Math.min(430, Math.max(300, window.innerWidth * 0.32)));
}

function Work() {
  const contract = useActiveContract();
  if (!contract) return <EmptyState />;
  if (!contract.document) return <ContractDesk contract={contract} />;
  return (
    <SplitPane
      label="Width of the list of clauses"
      storageKey="proviso-findings-width"
      initial={usualListWidth()}
      min={300}
      minLeft={320}
      left={<ContractDesk contract={contract} />}
      right={<FindingsPanel key={contract.key} contract={contract} />}
    />
  );
}
