// A backup in the list.
import type { BackupView } from '../backend';
import { Button } from '../shared/Button';
import { counted } from '../shared/format';
import { backupDate } from './backupDate';

export function BackupRow({
  backup,
  disabled,
  onRestore,
}: {
  backup: BackupView;
  disabled: boolean;
  onRestore: (backup: BackupView) => void;
}) {
  const { madeAt, contracts, decisions, beforeRestoring } = backup;
  const when = backupDate(madeAt);
  return (
    <li className="backup" data-testid="backup" data-before-restoring={beforeRestoring}>
      <div>
        <b>{when}</b>
        <span className="backup-facts">
          {counted(contracts, 'contract', 'contracts')},{' '}
          {counted(decisions, 'decision or note', 'decisions and notes')}
          {beforeRestoring && '; what there was before another backup was restored'}
        </span>
      </div>
      <Button
        testId="restore"
        label={`Restore the backup of ${when}`}
        disabled={disabled}
        onClick={() => onRestore(backup)}
      >
        Restore
      </Button>
    </li>
  );
}
