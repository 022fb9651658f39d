// Asks before a backup takes the place of what is kept, and says what follows from it.
import type { BackupView } from '../backend';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { counted } from '../shared/format';
import { useActions } from '../state/react';
import { backupDate } from './backupDate';

export function RestoreDialog({ backup, onClose }: { backup: BackupView; onClose: () => void }) {
  const { name, madeAt, contracts, decisions } = backup;
  const { restoreBackup } = useActions();
  const when = backupDate(madeAt);
  return (
    <Dialog title="Restore this backup?" testId="restore-backup" onClose={onClose}>
      <div className="model-question">
        <p>
          Everything is then as it was on <b>{when}</b>: {counted(contracts, 'contract', 'contracts')} with{' '}
          {counted(decisions, 'decision or note', 'decisions and notes')}. The open contracts are opened anew.
        </p>
        <p>What there is now is kept as a backup before, and can be restored in the same way.</p>
        <div className="dialog-buttons">
          <Button onClick={onClose} testId="keep-present" focusFirst>
            Leave it as it is
          </Button>
          <Button
            kind="primary"
            testId="confirm-restore"
            onClick={() => {
              onClose();
              void restoreBackup(name);
            }}
          >
            Restore it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
