// What can be done about a clause: in words below the one that is selected, as two signs over one under the pointer.
import type { FindingView } from '../backend';
import { Icon, type IconName } from '../shared/Icon';
import { useActions } from '../state/react';
import './FindingActions.css';

interface FindingActionsProps {
  finding: FindingView;
  selected: boolean;
}

export function FindingActions({ finding, selected }: FindingActionsProps) {
  const { decide, reopen, startEdit, startNote } = useActions();
  const { id, review } = finding;
  const accepted = review.decision === 'accepted';
  const rejected = review.decision === 'rejected';
  return (
    <div role="gridcell" className="finding-actions" data-selected={selected}>
      <ActionButton
        icon="check"
        word="Accept"
        kind="accept"
        selected={selected}
        pressed={accepted}
        title={accepted ? 'Take the acceptance back (u)' : 'It is a clause of this category (a)'}
        onClick={() => (accepted ? reopen(id) : decide('accept', id))}
      />
      <ActionButton
        icon="close"
        word="Reject"
        kind="reject"
        selected={selected}
        pressed={rejected}
        title={rejected ? 'Take the rejection back (u)' : 'It is none (x)'}
        onClick={() => (rejected ? reopen(id) : decide('reject', id))}
      />
      {selected && (
        <>
          <ActionButton
            icon="pencil"
            word="Edit"
            kind="edit"
            selected
            title="Select other words for it on the page (e)"
            onClick={() => startEdit(id)}
          />
          <ActionButton
            icon="note"
            word="Note"
            kind="note"
            selected
            title="Write something beside it (n)"
            onClick={() => startNote(id)}
          />
        </>
      )}
    </div>
  );
}

interface ActionButtonProps {
  icon: IconName;
  word: string;
  kind: string;
  selected: boolean;
  pressed?: boolean;
  title: string;
  onClick: () => void;
}

function ActionButton({ icon, word, kind, selected, pressed, title, onClick }: ActionButtonProps) {
  return (
    <button
      type="button"
      className="finding-action"
      title={title}
      aria-pressed={pressed}
      tabIndex={selected ? 0 : -1}
      data-testid={kind}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      <Icon name={icon} size={14} />
      <span className={selected ? undefined : 'visually-hidden'}>{word}</span>
    </button>
  );
}
