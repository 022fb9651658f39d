// The grid of contracts and categories. Only what is in view stands in the page.
import { useMemo, useRef } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import { useApp } from '../state/react';
import { DetailLine } from './DetailLine';
import { GroupBand } from './GroupBand';
import { MatrixHead } from './MatrixHead';
import { ScrollingCells, StayingRows } from './MatrixRows';
import { COLUMN, HEAD, ROW } from './measures';
import { SelectionBar } from './SelectionBar';
import { useDrawn } from './useDrawn';
import { useGridActions } from './useGridActions';
import { useGridFocus } from './useGridFocus';
import { useScrolled } from './useScrolled';
import './MatrixGrid.css';

export function MatrixGrid({ shown }: { shown: MatrixArrangement }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, columns, pinnedRows, pinnedColumns } = shown;
  const sort = useApp(({ matrix }) => matrix.sort);
  const selection = useApp(({ matrix }) => matrix.selection);
  const { place, moveTo, noteAt } = useGridFocus(scroller, shown);
  const count = { rows: rows.length, columns: columns.length, pinnedRows, pinnedColumns };
  const { frame, range } = useScrolled(scroller, count);
  const drawn = useDrawn(shown, range, frame.width, place);
  const page = Math.max(1, Math.floor((frame.height - HEAD) / ROW) - pinnedRows - 1);
  const actions = useGridActions({ shown, place, moveTo, noteAt, page });

  const pinnedPlaces = useMemo(() => Array.from({ length: pinnedRows }, (_, at) => at), [pinnedRows]);
  const common = { scroller, shown, drawn, focus: place, selection };
  const pinned = { ...common, places: pinnedPlaces, from: 0, end: pinnedRows, pinned: true };
  const others = { ...common, places: drawn.rows, from: pinnedRows, end: rows.length, pinned: false };
  const width = drawn.names + columns.length * COLUMN;
  return (
    <>
      {/* The cells stand outside of the grid, whose rows own them: inside they would be no part of any row. */}
      <div
        ref={scroller}
        className="matrix-grid"
        data-testid="matrix-grid"
        role="presentation"
        tabIndex={-1}
        {...actions}
      >
        {pinnedRows > 0 && (
          <div className="matrix-pinned" style={{ top: HEAD }}>
            <ScrollingCells {...pinned} top={0} width={width} />
          </div>
        )}
        <div
          role="grid"
          aria-label="Contracts by categories"
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + 1}
          aria-multiselectable="true"
          style={{ width }}
        >
          <div role="rowgroup" className="matrix-head">
            <GroupBand
              columns={columns}
              pinnedColumns={pinnedColumns}
              nameWidth={drawn.names}
              kept={drawn.kept}
            />
            <MatrixHead
              columns={drawn.columns}
              nameWidth={drawn.names}
              withDate={frame.width >= 1500}
              focused={place.row === -1 ? place.column : null}
              sort={sort}
            />
            {pinnedRows > 0 && (
              <div className="matrix-pinned-names">
                <StayingRows {...pinned} />
              </div>
            )}
          </div>
          <div role="rowgroup" style={{ marginTop: pinnedRows * ROW }}>
            <StayingRows {...others} />
          </div>
        </div>
        <ScrollingCells {...others} top={HEAD + pinnedRows * ROW} width={width} />
      </div>
      <SelectionBar shown={shown} />
      <DetailLine scroller={scroller} shown={shown} place={place} />
    </>
  );
}
