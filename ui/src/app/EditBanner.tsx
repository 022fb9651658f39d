// Says what to do while words are selected for a clause: other ones, or those of one that was missed.
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { useActions, useActiveContract, useApp } from '../state/react';
import { useWordSelection } from './useWordSelection';
import './EditBanner.css';

export function EditBanner() {
  const mode = useApp((state) => state.mode);
  const chosen = useApp(({ selection }) => selection?.some(({ rects }) => rects.length > 0) ?? false);
  const findings = useActiveContract()?.reading?.findings;
  const { takeWords, leaveMode } = useActions();
  useWordSelection();
  if (mode.kind !== 'edit' && mode.kind !== 'find') return null;
  const of = mode.kind === 'edit' ? findings?.find(({ id }) => id === mode.finding)?.category : undefined;
  return (
    <div className="edit-banner" role="status" data-testid="edit-banner">
      <Icon name="pencil" />
      <p>
        <b>Select the words of {of ?? 'the clause that was missed'} on the page.</b>{' '}
        <span>
          The arrow keys move the selection, with <kbd>Shift</kbd> its end, with <kbd>Alt</kbd> its start.{' '}
          <kbd>Enter</kbd> takes the words, <kbd>Esc</kbd> leaves{' '}
          {of === undefined ? 'it' : 'the clause as it is'}.
        </span>
      </p>
      <Button kind="primary" disabled={!chosen} testId="take-edit" onClick={takeWords}>
        Take them
      </Button>
      <Button testId="leave-edit" onClick={leaveMode}>
        Leave
      </Button>
    </div>
  );
}
