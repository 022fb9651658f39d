// Backups of contracts and decisions: when they were made, what they hold, and the way back to one.
import { useEffect, useState } from 'react';
import type { BackupView } from '../backend';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { useActions, useApp } from '../state/react';
import { BackupRow } from './BackupRow';
import { RestoreDialog } from './RestoreDialog';
import './Backups.css';

export function BackupsSection() {
  const { stage, view, fault } = useApp((state) => state.backups);
  const { refreshBackups, backUp } = useActions();
  const [chosen, setChosen] = useState<BackupView | null>(null);
  useEffect(() => void refreshBackups(), [refreshBackups]);
  return (
    <section className="preference" data-testid="backups" data-stage={stage}>
      <h3>Backups</h3>
      <p className="preference-hint">
        Proviso keeps copies of what you decided on this computer: of the last five days on which you worked,
        and of the last three weeks. They hold the contracts’ text and every decision and note, not the PDF
        files.
      </p>
      {view !== null && view.backups.length === 0 && (
        <p data-testid="no-backups">
          There is no backup yet. One is made on its own once there are decisions.
        </p>
      )}
      {view !== null && view.backups.length > 0 && (
        <ul className="backup-list" aria-label="Backups, the newest first">
          {view.backups.map((backup) => (
            <BackupRow key={backup.name} backup={backup} disabled={stage !== 'idle'} onRestore={setChosen} />
          ))}
        </ul>
      )}
      <div className="backup-now">
        <Button testId="back-up" disabled={stage !== 'idle'} onClick={() => void backUp()}>
          Back up now
        </Button>
        {view !== null && <span className="backup-folder">{`They are kept in ${view.folder}`}</span>}
      </div>
      <p className="visually-hidden" role="status">
        {stage === 'saving'
          ? 'A backup is being made.'
          : stage === 'restoring'
            ? 'The backup is being restored.'
            : ''}
      </p>
      {fault !== null && (
        <div className="note note-bad" role="alert" data-testid="backup-fault">
          <Icon name="warning" />
          <p>
            <b>That was not possible, and nothing was changed.</b> {fault}
          </p>
        </div>
      )}
      {chosen && <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />}
    </section>
  );
}
