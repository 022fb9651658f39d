// The cells of a contract that scroll. They belong to the row at the left, which owns them by this element's id.
import { memo } from 'react';
import type { MatrixRowView } from '../backend';
import { MatrixCell } from './MatrixCell';
import type { DrawnColumn } from './useDrawn';

export interface RowOfCells {
  row: MatrixRowView;
  at: number;
  /** Where it stands among the rows around it. */
  top: number;
  columns: DrawnColumn[];
  /** The column that has the focus, or null. */
  focused: number | null;
  selected: ReadonlySet<string> | undefined;
}

export const CellsRow = memo(function CellsRow({ top, ...cells }: RowOfCells) {
  return (
    <div
      role="presentation"
      className="matrix-row"
      id={cellsId(cells.at)}
      style={{ top, paddingLeft: cells.columns[0]?.left }}
    >
      <Cells {...cells} />
    </div>
  );
});

export function Cells({ row, at, columns, focused, selected }: Omit<RowOfCells, 'top'>) {
  return columns.map(({ category, cell, at: column, gap }) => {
    const view = row.cells[cell];
    if (!view) return null;
    return (
      <MatrixCell
        key={category}
        cell={view}
        row={at}
        column={column}
        gap={gap}
        focused={focused === column}
        selected={selected?.has(category) ?? false}
      />
    );
  });
}

export function cellsId(at: number): string {
  return `matrix-cells-${at}`;
}
