// The cells of the matrix that a person has selected.
import type { CellName, MatrixRowView } from '../backend';
import type { MatrixArrangement } from './matrixOrder';

/** Categories by the SHA-256 of their contract. A contract without any is not in it. */
export type MatrixSelection = ReadonlyMap<string, ReadonlySet<string>>;

export const NOTHING_SELECTED: MatrixSelection = new Map();

/** A place in the matrix: row -1 is the head, column -1 the contracts' names. */
export interface GridPlace {
  row: number;
  column: number;
}

type Shown = Pick<MatrixArrangement, 'rows' | 'columns'>;

/** The cells between two places; a head or a name stands for its whole column or row. */
export function rectangle(shown: Shown, from: GridPlace, to: GridPlace): CellName[] {
  const [top, bottom] = between(from.row, to.row, shown.rows.length);
  const [left, right] = between(from.column, to.column, shown.columns.length);
  const columns = shown.columns.slice(left, right);
  return shown.rows
    .slice(top, bottom)
    .flatMap(({ sha256 }) => columns.map(({ category }) => ({ sha256, category })));
}

function between(from: number, to: number, count: number): [number, number] {
  if (from === -1 || to === -1) return [0, count];
  return [Math.min(from, to), Math.max(from, to) + 1];
}

export function withCells(selection: MatrixSelection, cells: CellName[]): MatrixSelection {
  const next = new Map(selection);
  for (const [sha256, categories] of byContract(cells)) {
    next.set(sha256, new Set([...(selection.get(sha256) ?? []), ...categories]));
  }
  return next;
}

/** Selects the cells, or puts all of them back if they were selected before. */
export function toggled(selection: MatrixSelection, cells: CellName[]): MatrixSelection {
  const isAll = cells.every(({ sha256, category }) => selection.get(sha256)?.has(category));
  if (!isAll) return withCells(selection, cells);
  const next = new Map(selection);
  for (const [sha256, categories] of byContract(cells)) {
    const rest = [...(selection.get(sha256) ?? [])].filter((category) => !categories.includes(category));
    if (rest.length > 0) next.set(sha256, new Set(rest));
    else next.delete(sha256);
  }
  return next;
}

function byContract(cells: CellName[]): Map<string, string[]> {
  const contracts = new Map<string, string[]>();
  for (const { sha256, category } of cells) {
    const categories = contracts.get(sha256);
    if (categories) categories.push(category);
    else contracts.set(sha256, [category]);
  }
  return contracts;
}

export interface SelectedCells {
  /** Selected and in view. */
  count: number;
  /** Those of them in which something is left to accept. */
  acceptable: CellName[];
  /** Those of them in which nothing was found, and nobody has confirmed it. */
  empty: CellName[];
}

/** In how many contracts some cells are. */
export function contractsOf(cells: CellName[]): number {
  return new Set(cells.map(({ sha256 }) => sha256)).size;
}

/** What of the selection is in view: nothing is accepted that a person does not see in the matrix. */
export function selectedCells(selection: MatrixSelection, shown: Shown): SelectedCells {
  const chosen: SelectedCells = { count: 0, acceptable: [], empty: [] };
  if (selection.size === 0) return chosen;
  for (const row of shown.rows) {
    const categories = selection.get(row.sha256);
    if (categories) countRow(chosen, row, categories, shown);
  }
  return chosen;
}

function countRow(
  chosen: SelectedCells,
  row: MatrixRowView,
  categories: ReadonlySet<string>,
  shown: Shown,
): void {
  const selected = shown.columns.filter(({ category }) => categories.has(category));
  chosen.count += selected.length;
  for (const { cell, category } of selected) {
    const state = row.cells[cell]?.state;
    if (state === 'unreviewed') chosen.acceptable.push({ sha256: row.sha256, category });
    if (state === 'missing') chosen.empty.push({ sha256: row.sha256, category });
  }
}
