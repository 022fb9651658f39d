// What the person wrote beside a clause, and the place to write it.
import { useEffect, useRef, useState } from 'react';
import type { FindingView } from '../backend';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { useActions, useApp } from '../state/react';
import './NoteField.css';

interface NoteFieldProps {
  finding: FindingView;
  /** The Tab key stops here. */
  reachable: boolean;
}

export function NoteField({ finding, reachable }: NoteFieldProps) {
  const { startNote } = useActions();
  const writing = useApp(({ mode }) => mode.kind === 'note' && mode.finding === finding.id);
  const { note } = finding.review;
  if (writing) return <NoteForm finding={finding} />;
  if (note === null) return null;
  return (
    <button
      type="button"
      className="note"
      title="Change the note (n)"
      tabIndex={reachable ? 0 : -1}
      data-testid="note-text"
      onClick={(event) => {
        event.stopPropagation();
        startNote(finding.id);
      }}
    >
      <Icon name="note" size={14} />
      <span className="visually-hidden">Note: </span>
      <span>{note}</span>
    </button>
  );
}

function NoteForm({ finding: { id, category, review } }: { finding: FindingView }) {
  const { saveNote, leaveMode } = useActions();
  const [text, setText] = useState(review.note ?? '');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const node = field.current;
    node?.focus();
    node?.form?.scrollIntoView({ block: 'nearest' });
    node?.setSelectionRange(node.value.length, node.value.length);
  }, []);
  /** Gives the focus back to the clause before the field goes. */
  const leave = (then: () => void) => {
    field.current?.closest<HTMLElement>('[data-finding-id], [data-absent]')?.focus();
    then();
  };
  return (
    // Clicks in the form are not clicks on the clause.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <form
      className="note-form"
      onClick={(event) => event.stopPropagation()}
      onSubmit={(event) => {
        event.preventDefault();
        leave(() => saveNote(id, text));
      }}
    >
      <textarea
        ref={field}
        rows={2}
        aria-label={`Note on ${category}`}
        placeholder="What you want to remember about this clause"
        data-testid="note-field"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave(leaveMode);
          else if (event.key === 'Enter' && !event.shiftKey) leave(() => saveNote(id, text));
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="note-help">Enter keeps it, Esc leaves it as it was</span>
      <Button kind="quiet" onClick={() => leave(leaveMode)}>
        Leave
      </Button>
      <Button submit testId="save-note">
        Keep
      </Button>
    </form>
  );
}
