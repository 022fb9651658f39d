// The line below the grid: the cell under the pointer or with the focus in full, and what the signs mean.
import type { RefObject } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import type { GridPlace } from '../state/matrixSelection';
import { describeCell, describeContract, STATE_WORDS, STATES } from './cellWords';
import { usePointed } from './usePointed';

interface DetailLineProps {
  scroller: RefObject<HTMLDivElement | null>;
  shown: MatrixArrangement;
  /** What has the focus. */
  place: GridPlace;
}

export function DetailLine({ scroller, shown, place: focused }: DetailLineProps) {
  const place = usePointed(scroller) ?? focused;
  const row = shown.rows[place.row];
  const column = shown.columns[place.column];
  const cell = row && column && row.cells[column.cell];
  return (
    <div className="matrix-detail" data-testid="matrix-detail">
      <p>
        {cell ? (
          <>
            <b>{column.category}</b> in {row.fileName} · {describeCell(cell)}
          </>
        ) : (
          (row && describeContract(row, row.cells.length)) || column?.groupTitle
        )}
      </p>
      {/* A screen reader says the words with each cell. */}
      <ul className="matrix-legend" aria-hidden="true">
        {STATES.map((state) => (
          <li key={state} className="matrix-sign" data-state={state}>
            {STATE_WORDS[state]}
          </li>
        ))}
      </ul>
    </div>
  );
}
