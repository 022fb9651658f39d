// Rows of the grid one below the other: at the left what stays in place, behind it the cells that scroll.
//
// What stays in place is one element for all rows, and so are the cells. An element a row that stays in place would be a
// layer of its own in the browser, and dozens of layers are what makes scrolling slow.
import type { RefObject } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import type { GridPlace, MatrixSelection } from '../state/matrixSelection';
import { CellsRow } from './CellsRow';
import { HoveredRow } from './HoveredRow';
import { MatrixRow } from './MatrixRow';
import { ROW } from './measures';
import type { DrawnGrid } from './useDrawn';

interface MatrixRowsProps {
  scroller: RefObject<HTMLDivElement | null>;
  shown: MatrixArrangement;
  drawn: DrawnGrid;
  /** The places of the rows that are drawn, and of the first one and behind the last one that there are. */
  places: number[];
  from: number;
  end: number;
  pinned: boolean;
  focus: GridPlace;
  selection: MatrixSelection;
}

export function MatrixRows(props: MatrixRowsProps) {
  const { scroller, shown, drawn, places, from, end, pinned, focus, selection } = props;
  const count = shown.columns.length;
  const rows = places.flatMap((at) => {
    const row = shown.rows[at];
    if (!row) return [];
    const focused = focus.row === at ? focus.column : null;
    return [{ row, at, top: (at - from) * ROW, focused, selected: selection.get(row.sha256) }];
  });
  const hovered = { scroller, from, end };
  return (
    <div className="matrix-rows" style={{ height: (end - from) * ROW }}>
      <div
        className="matrix-stays"
        style={{ width: drawn.kept, '--tools': `${drawn.names - 178}px` } as React.CSSProperties}
      >
        <HoveredRow {...hovered} pinned={pinned} />
        {rows.map((one) => (
          <MatrixRow
            key={one.row.sha256}
            {...one}
            pinned={pinned}
            columns={drawn.staying}
            nameWidth={drawn.names}
            shown={count}
          />
        ))}
      </div>
      <div className="matrix-cells">
        <HoveredRow {...hovered} />
        {rows.map((one) => (
          <CellsRow key={one.row.sha256} {...one} columns={drawn.scrolling} />
        ))}
      </div>
    </div>
  );
}
