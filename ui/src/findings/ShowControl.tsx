// Which part of the review is listed, with how much each part holds.
import type { Show } from '../state/appState';
import { useActions, useApp } from '../state/react';
import './ShowControl.css';

const PARTS: { show: Show; word: string; title: string }[] = [
  { show: 'all', word: 'All', title: 'Every clause, and every category without one' },
  {
    show: 'unreviewed',
    word: 'To review',
    title: 'Clauses to be decided, and categories of which nobody has confirmed that there is no clause',
  },
  { show: 'uncertain', word: 'Uncertain', title: 'Clauses of low confidence, below 65 %' },
  { show: 'missing', word: 'Missing', title: 'Categories without a clause' },
  { show: 'rejected', word: 'Rejected', title: 'Clauses that you rejected' },
];

export function ShowControl({ counts }: { counts: Record<Show, number> }) {
  const shown = useApp((state) => state.show);
  const { setShow } = useActions();
  return (
    <div className="show-control" role="group" aria-label="What is listed">
      {PARTS.map(({ show, word, title }) => (
        <button
          key={show}
          type="button"
          aria-pressed={show === shown}
          title={title}
          data-testid={`show-${show}`}
          onClick={() => setShow(show)}
        >
          {word} <span>{counts[show]}</span>
        </button>
      ))}
    </div>
  );
}
