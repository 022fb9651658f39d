// The rows and columns that stand in the page: those in view, those that are pinned, and the one with the focus.
import { useMemo } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import type { GridPlace } from '../state/matrixSelection';
import { COLUMN, nameWidth, pinsInPlace, type Drawn } from './measures';
import type { DrawnColumn } from './MatrixRow';

export function useDrawn(shown: MatrixArrangement, range: Drawn, width: number, focus: GridPlace) {
  const { columns, pinnedColumns, pinnedRows } = shown;
  const names = nameWidth(width);
  const inPlace = pinsInPlace(width, pinnedColumns);
  const [firstColumn, endColumn] = range.columns;
  const [firstRow, endRow] = range.rows;
  const besideColumn = outside(focus.column, pinnedColumns, firstColumn, endColumn);
  const besideRow = outside(focus.row, pinnedRows, firstRow, endRow);

  const drawnColumns = useMemo(() => {
    const places = numbers(0, pinnedColumns).concat(
      numbers(pinnedColumns + firstColumn, pinnedColumns + endColumn),
    );
    if (besideColumn !== null) places.push(besideColumn);
    return places.flatMap((at): DrawnColumn[] => {
      const column = columns[at];
      if (!column) return [];
      return [
        { ...column, at, left: names + at * COLUMN, pinned: at < pinnedColumns, stays: stays(at, inPlace) },
      ];
    });
  }, [columns, pinnedColumns, firstColumn, endColumn, besideColumn, names, inPlace]);

  const drawnRows = useMemo(() => {
    const places = numbers(pinnedRows + firstRow, pinnedRows + endRow);
    if (besideRow !== null) places.push(besideRow);
    return places;
  }, [pinnedRows, firstRow, endRow, besideRow]);

  return { drawnColumns, drawnRows, names, kept: names + inPlace * COLUMN };
}

function stays(at: number, inPlace: number): DrawnColumn['stays'] {
  if (at >= inPlace) return undefined;
  return at === inPlace - 1 ? 'last' : 'yes';
}

/** The place with the focus where it is not drawn anyway: it is kept, so that the focus is not lost by scrolling. */
function outside(focus: number, pinned: number, first: number, end: number): number | null {
  const isDrawn = focus < pinned || (focus >= pinned + first && focus < pinned + end);
  return isDrawn ? null : focus;
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
