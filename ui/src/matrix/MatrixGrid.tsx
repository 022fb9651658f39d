// The grid of contracts and categories. Only what is in view stands in the page.
import { useRef } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import { useApp } from '../state/react';
import { DetailLine } from './DetailLine';
import { GroupBand } from './GroupBand';
import { MatrixHead } from './MatrixHead';
import { MatrixRow } from './MatrixRow';
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
  const { drawnColumns, drawnRows, names, kept } = useDrawn(shown, range, frame.width, place);
  const page = Math.max(1, Math.floor((frame.height - HEAD) / ROW) - pinnedRows - 1);
  const actions = useGridActions({ shown, place, moveTo, noteAt, page });

  const drawRow = (at: number, top: number | undefined) => {
    const row = rows[at];
    if (!row) return null;
    return (
      <MatrixRow
        key={row.sha256}
        row={row}
        at={at}
        top={top}
        columns={drawnColumns}
        nameWidth={names}
        focused={place.row === at ? place.column : null}
        selected={selection.get(row.sha256)}
        shown={columns.length}
      />
    );
  };
  const width = names + columns.length * COLUMN;
  return (
    <>
      <div
        ref={scroller}
        className="matrix-grid"
        data-testid="matrix-grid"
        role="grid"
        aria-label="Contracts by categories"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        tabIndex={-1}
        {...actions}
      >
        <div role="rowgroup" className="matrix-head" style={{ width }}>
          <GroupBand columns={columns} pinnedColumns={pinnedColumns} nameWidth={names} kept={kept} />
          <MatrixHead
            columns={drawnColumns}
            nameWidth={names}
            withDate={frame.width >= 1500}
            focused={place.row === -1 ? place.column : null}
            sort={sort}
          />
          {rows.slice(0, pinnedRows).map((_, at) => drawRow(at, undefined))}
        </div>
        <div
          role="rowgroup"
          className="matrix-body"
          style={{ width, height: (rows.length - pinnedRows) * ROW }}
        >
          {drawnRows.map((at) => drawRow(at, (at - pinnedRows) * ROW))}
        </div>
      </div>
      <SelectionBar shown={shown} />
      <DetailLine scroller={scroller} shown={shown} place={place} />
    </>
  );
}
