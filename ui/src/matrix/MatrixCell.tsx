// What there is of a category in a contract: an answer or the first words, and how far its review is.
import { memo } from 'react';
import type { MatrixCellView } from '../backend';
import { percent } from '../shared/format';
import { describeCell } from './cellWords';

interface MatrixCellProps {
  cell: MatrixCellView;
  row: number;
  column: number;
  left: number;
  /** It stays in place while the others scroll, as the last one that does. */
  stays: 'yes' | 'last' | undefined;
  focused: boolean;
  selected: boolean;
}

/** A plain element without handlers of its own: there are hundreds, and the grid handles what happens in them. */
export const MatrixCell = memo(function MatrixCell(props: MatrixCellProps) {
  const { cell, row, column, left, stays, focused, selected } = props;
  const { state, text, clauses, confidence } = cell;
  return (
    <div
      role="gridcell"
      className="matrix-cell matrix-sign"
      aria-label={describeCell(cell)}
      aria-colindex={column + 2}
      aria-selected={selected}
      tabIndex={focused ? 0 : -1}
      data-at={`${row}:${column}`}
      data-state={state}
      data-stays={stays}
      style={{ left }}
    >
      {text !== null && <span className="matrix-words">{text}</span>}
      {clauses > 1 && <span className="matrix-clauses">{clauses}</span>}
      {confidence !== null && <span className="matrix-confidence" data-percent={percent(confidence)} />}
    </div>
  );
});
