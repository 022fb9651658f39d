// The one place of the grid that has the focus: kept by names, shown by rows and columns, brought into view.
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import type { GridPlace } from '../state/matrixSelection';
import { useActions, useApp } from '../state/react';
import { COLUMN, HEAD, nameWidth, pinsInPlace, reveal, ROW } from './measures';

export function useGridFocus(scroller: RefObject<HTMLDivElement | null>, shown: MatrixArrangement) {
  const focus = useApp(({ matrix }) => matrix.focus);
  const { changeMatrix } = useActions();
  const wanted = useRef(false);
  const { rows, columns } = shown;
  const row = focus?.sha256 === null ? -1 : rows.findIndex(({ sha256 }) => sha256 === focus?.sha256);
  const column =
    focus?.category === null ? -1 : columns.findIndex(({ category }) => category === focus?.category);
  // What had the focus may have been filtered out: then the first contract has it, or the head where there is none.
  const isLost =
    focus === null || (focus.sha256 !== null && row === -1) || (focus.category !== null && column === -1);
  const place: GridPlace = isLost ? { row: rows.length > 0 ? 0 : -1, column: -1 } : { row, column };

  /** Says where the focus has got to by itself. Nothing scrolls: a press would end on another cell. */
  const noteAt = useCallback(
    (to: GridPlace) =>
      changeMatrix({
        focus: { sha256: rows[to.row]?.sha256 ?? null, category: columns[to.column]?.category ?? null },
      }),
    [rows, columns, changeMatrix],
  );
  const moveTo = useCallback(
    (to: GridPlace) => {
      wanted.current = true;
      if (scroller.current) bringIntoView(scroller.current, to, shown);
      noteAt(to);
    },
    [scroller, shown, noteAt],
  );

  // After each drawing, because the cell may have been drawn by the same change.
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-at="${place.row}:${place.column}"]`);
    if (!cell) return;
    wanted.current = false;
    cell.focus({ preventScroll: true });
  });

  return { place, moveTo, noteAt };
}

function bringIntoView(node: HTMLDivElement, to: GridPlace, shown: MatrixArrangement): void {
  const { clientWidth: width, clientHeight: height } = node;
  const inPlace = pinsInPlace(width, shown.pinnedColumns);
  if (to.row >= shown.pinnedRows) {
    const room = height - HEAD - shown.pinnedRows * ROW;
    node.scrollTop = reveal(node.scrollTop, room, (to.row - shown.pinnedRows) * ROW, ROW);
  }
  if (to.column >= inPlace) {
    const room = width - nameWidth(width) - inPlace * COLUMN;
    node.scrollLeft = reveal(node.scrollLeft, room, (to.column - inPlace) * COLUMN, COLUMN);
  }
}
