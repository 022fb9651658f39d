// The grid of contracts and categories. Only what is in view stands in the page.
import { useMemo, useRef } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import { useApp } from '../state/react';
import { DetailLine } from './DetailLine';
import { GroupBand } from './GroupBand';
import { MatrixHead } from './MatrixHead';
import { MatrixRows } from './MatrixRows';
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
  const block = { scroller, shown, drawn, focus: place, selection };
  const width = drawn.names + columns.length * COLUMN;
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
          {pinnedRows > 0 && <MatrixRows {...block} places={pinnedPlaces} from={0} end={pinnedRows} pinned />}
        </div>
        <div role="rowgroup" className="matrix-body" style={{ width }}>
          <MatrixRows {...block} places={drawn.rows} from={pinnedRows} end={rows.length} pinned={false} />
        </div>
      </div>
      <SelectionBar shown={shown} />
      <DetailLine scroller={scroller} shown={shown} place={place} />
    </>
  );
}
