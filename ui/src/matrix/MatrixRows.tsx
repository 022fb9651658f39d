// Rows of the grid one below the other, in two parts: what stays in place at the left, and the cells that scroll.
//
// Each part is one element for all rows. An element a row that stays in place would be a layer of its own in the browser, and
// dozens of layers are what makes scrolling slow. The rows are the ones at the left; they own their cells by an id.
import type { RefObject } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import type { GridPlace, MatrixSelection } from '../state/matrixSelection';
import { CellsRow } from './CellsRow';
import { HoveredRow } from './HoveredRow';
import { MatrixRow } from './MatrixRow';
import { ROW } from './measures';
import type { DrawnGrid } from './useDrawn';

export interface RowsProps {
  scroller: RefObject<HTMLDivElement | null>;
  shown: MatrixArrangement;
  drawn: DrawnGrid;
  /** The places of the rows that are drawn. */
  places: number[];
  /** The first row that may be drawn here, and the one behind the last. */
  from: number;
  end: number;
  pinned: boolean;
  focus: GridPlace;
  selection: MatrixSelection;
}

/** The names of the contracts and the cells that stay beside them. */
export function StayingRows(props: RowsProps) {
  const { scroller, shown, drawn, from, end, pinned } = props;
  const size = { width: drawn.kept, height: (end - from) * ROW, '--tools': `${drawn.names - 178}px` };
  return (
    <div className="matrix-stays" style={size}>
      <HoveredRow scroller={scroller} from={from} end={end} pinned={pinned} />
      {rowsOf(props).map((one) => (
        <MatrixRow
          key={one.row.sha256}
          {...one}
          pinned={pinned}
          columns={drawn.staying}
          nameWidth={drawn.names}
          shown={shown.columns.length}
        />
      ))}
    </div>
  );
}

/** `top` is where they begin, `width` that of all columns. */
export function ScrollingCells({ top, width, ...props }: RowsProps & { top: number; width: number }) {
  const { scroller, drawn, from, end } = props;
  return (
    <div className="matrix-cells" style={{ top, width, height: (end - from) * ROW }}>
      <HoveredRow scroller={scroller} from={from} end={end} />
      {rowsOf(props).map((one) => (
        <CellsRow key={one.row.sha256} {...one} columns={drawn.scrolling} />
      ))}
    </div>
  );
}

function rowsOf({ shown, places, from, focus, selection }: RowsProps) {
  return places.flatMap((at) => {
    const row = shown.rows[at];
    if (!row) return [];
    const focused = focus.row === at ? focus.column : null;
    return [{ row, at, top: (at - from) * ROW, focused, selected: selection.get(row.sha256) }];
  });
}
