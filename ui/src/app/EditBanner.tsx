// Says what to do while other words are selected for a clause.
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { useActions, useActiveContract, useApp } from '../state/react';
import './EditBanner.css';

export function EditBanner() {
  const mode = useApp((state) => state.mode);
  const chosen = useApp(({ selection }) => selection?.some(({ rects }) => rects.length > 0) ?? false);
  const findings = useActiveContract()?.reading?.findings;
  const { takeEdit, leaveMode } = useActions();
  if (mode.kind !== 'edit') return null;
  const category = findings?.find(({ id }) => id === mode.finding)?.category ?? 'this clause';
  return (
    <div className="edit-banner" role="status" data-testid="edit-banner">
      <Icon name="pencil" />
      <p>
        <b>Select the words of {category} on the page.</b>{' '}
        <span>
          <kbd>Shift</kbd> with the arrow keys makes a selection longer or shorter, <kbd>Enter</kbd> takes it,{' '}
          <kbd>Esc</kbd> leaves the clause as it is.
        </span>
      </p>
      <Button kind="primary" disabled={!chosen} testId="take-edit" onClick={takeEdit}>
        Take them
      </Button>
      <Button testId="leave-edit" onClick={leaveMode}>
        Leave
      </Button>
    </div>
  );
}
