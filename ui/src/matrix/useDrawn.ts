// The rows and columns that stand in the page: those in view, those that are pinned, and the one with the focus.
import { useMemo } from 'react';
import type { MatrixArrangement, MatrixColumn } from '../state/matrixOrder';
import type { GridPlace } from '../state/matrixSelection';
import { COLUMN, nameWidth, pinsInPlace, type Drawn } from './measures';

/** A column that is drawn. */
export interface DrawnColumn extends MatrixColumn {
  /** Its place among all columns that are shown. */
  at: number;
  left: number;
  /** How far it is from the end of the one drawn before it, which is 0 but beside what has the focus far away. */
  gap: number;
  pinned: boolean;
  /** It stays in place while the others scroll, as the last one that does. */
  stays: 'yes' | 'last' | undefined;
}

export interface DrawnGrid {
  columns: DrawnColumn[];
  /** Those of the columns that stay in place, and the others. */
  staying: DrawnColumn[];
  scrolling: DrawnColumn[];
  /** Places of rows that scroll. */
  rows: number[];
  /** The width of the names in pixels, and of all that stays in place. */
  names: number;
  kept: number;
}

export function useDrawn(shown: MatrixArrangement, range: Drawn, width: number, focus: GridPlace): DrawnGrid {
  const { columns: all, pinnedColumns, pinnedRows } = shown;
  const names = nameWidth(width);
  const inPlace = pinsInPlace(width, pinnedColumns);
  const [firstColumn, endColumn] = range.columns;
  const [firstRow, endRow] = range.rows;
  const besideColumn = outside(focus.column, pinnedColumns, firstColumn, endColumn);
  const besideRow = outside(focus.row, pinnedRows, firstRow, endRow);

  const columns = useMemo(() => {
    const places = numbers(0, pinnedColumns).concat(
      numbers(pinnedColumns + firstColumn, pinnedColumns + endColumn),
    );
    if (besideColumn !== null) places.push(besideColumn);
    return places.flatMap((at): DrawnColumn[] => {
      const column = all[at];
      if (!column) return [];
      return [
        {
          ...column,
          at,
          left: names + at * COLUMN,
          gap: 0,
          pinned: at < pinnedColumns,
          stays: stays(at, inPlace),
        },
      ];
    });
  }, [all, pinnedColumns, firstColumn, endColumn, besideColumn, names, inPlace]);

  const rows = useMemo(() => {
    const places = numbers(pinnedRows + firstRow, pinnedRows + endRow);
    if (besideRow !== null) places.push(besideRow);
    return places;
  }, [pinnedRows, firstRow, endRow, besideRow]);

  const staying = useMemo(() => columns.filter(({ stays }) => stays !== undefined), [columns]);
  const scrolling = useMemo(() => withGaps(columns.filter(({ stays }) => stays === undefined)), [columns]);

  return { columns, staying, scrolling, rows, names, kept: names + inPlace * COLUMN };
}

function withGaps(columns: DrawnColumn[]): DrawnColumn[] {
  return columns.map((column, index) => {
    const before = columns[index - 1];
    const gap = before ? column.left - before.left - COLUMN : 0;
    return gap === 0 ? column : { ...column, gap };
  });
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
