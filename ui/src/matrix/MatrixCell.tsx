// What there is of a category in a contract: an answer or the first words, and how far its review is.
import { memo } from 'react';
import type { MatrixCellView } from '../backend';
import { answerInBrief } from '../shared/format';
import { describeCell } from './cellWords';
import { fitted } from './fitText';
import { wordsRoom } from './measures';

interface MatrixCellProps {
  cell: MatrixCellView;
  row: number;
  column: number;
  /** How far it is from the one before it, in pixels. */
  gap: number;
  focused: boolean;
  selected: boolean;
}

/**
 * One plain element, without handlers of its own and without anything that clips, turns or fades: there are hundreds, the
 * grid handles what happens in them, and each of these would be a step of its own in the browser's drawing.
 */
export const MatrixCell = memo(function MatrixCell(props: MatrixCellProps) {
  const { cell, row, column, gap, focused, selected } = props;
  const { state, text, clauses } = cell;
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
      data-clauses={clauses > 1 ? clauses : undefined}
      style={gap === 0 ? undefined : { marginLeft: gap }}
    >
      {text !== null && fitted(answerInBrief(text), wordsRoom(clauses > 1))}
    </div>
  );
});
