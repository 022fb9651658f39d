// Where the keys move the focus of the grid.
import type { GridPlace } from '../state/matrixSelection';

interface GridSize {
  rows: number;
  columns: number;
  /** Rows that a page holds. */
  page: number;
}

/** The place a key leads to, or null where it is none of these keys. Row -1 is the head, column -1 the names. */
export function moved(
  key: string,
  held: boolean,
  { row, column }: GridPlace,
  size: GridSize,
): GridPlace | null {
  const to = target(key, held, { row, column }, size);
  return (
    to && {
      row: Math.max(-1, Math.min(to.row, size.rows - 1)),
      column: Math.max(-1, Math.min(to.column, size.columns - 1)),
    }
  );
}

/** `held` says that Ctrl or Cmd is held. */
function target(
  key: string,
  held: boolean,
  at: GridPlace,
  { rows, columns, page }: GridSize,
): GridPlace | null {
  const { row, column } = at;
  switch (key) {
    case 'ArrowUp':
      return { row: held ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: held ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: held ? -1 : column - 1 };
    case 'ArrowRight':
      return { row, column: held ? columns - 1 : column + 1 };
    case 'Home':
      return { row: held ? 0 : row, column: -1 };
    case 'End':
      return { row: held ? rows - 1 : row, column: columns - 1 };
    case 'PageUp':
      return { row: Math.max(0, row - page), column };
    case 'PageDown':
      return { row: row + page, column };
    default:
      return null;
  }
}
