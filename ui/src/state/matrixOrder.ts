// Which contracts and categories the matrix shows, and in which order.
import type { GroupView, MatrixCellView, MatrixRowView, MatrixView } from '../backend';
import { answerDate } from './answerDate';

export type SortBy = 'name' | 'opened' | 'pages' | 'reviewed' | 'category';

export interface MatrixSort {
  by: SortBy;
  /** The category whose answers are sorted, where `by` says so. */
  category: string | null;
  descending: boolean;
}

/** What a contract must have of a category to be shown. */
export type CellFilter = 'has' | 'lacks' | 'unreviewed';

export interface MatrixFilter {
  /** Words of the file's name. */
  words: string;
  /** Null means any category. */
  category: string | null;
  cell: CellFilter | null;
}

/** What a person keeps in view and out of it. Contracts by their SHA-256, categories by their names. */
export interface MatrixShelf {
  pinnedContracts: string[];
  pinnedCategories: string[];
  hiddenContracts: string[];
  hiddenCategories: string[];
}

export interface MatrixColumn {
  category: string;
  /** The place of its cell in each row. */
  cell: number;
  /** Its group's place, which decides its colour. */
  group: number;
  groupTitle: string;
}

export interface MatrixArrangement {
  columns: MatrixColumn[];
  /** So many of the columns stand first because they are pinned. */
  pinnedColumns: number;
  rows: MatrixRowView[];
  pinnedRows: number;
}

export function arrangeColumns(view: MatrixView, groups: GroupView[], shelf: MatrixShelf): MatrixColumn[] {
  const places = new Map(
    groups.flatMap(({ title, categories }, group) => categories.map(({ name }) => [name, { title, group }])),
  );
  const columns = view.categories.map((category, cell) => {
    const place = places.get(category);
    return {
      category,
      cell,
      group: place?.group ?? groups.length,
      groupTitle: place?.title ?? 'Asked before',
    };
  });
  const { pinnedCategories: pinned, hiddenCategories: hidden } = shelf;
  return [
    ...pinned.flatMap((name) => columns.find(({ category }) => category === name) ?? []),
    ...columns.filter(({ category }) => !pinned.includes(category) && !hidden.includes(category)),
  ];
}

/** Pinned contracts come first, whatever the filters say; the others as they are sorted. */
export function arrangeRows(
  view: MatrixView,
  wish: { filter: MatrixFilter; sort: MatrixSort; shelf: MatrixShelf },
): MatrixRowView[] {
  const pinned = new Set(wish.shelf.pinnedContracts);
  const hidden = new Set(wish.shelf.hiddenContracts);
  const fits = rowFilter(view, wish.filter);
  const rest = view.rows.filter((row) => !pinned.has(row.sha256) && !hidden.has(row.sha256) && fits(row));
  return [
    ...wish.shelf.pinnedContracts.flatMap((sha256) => view.rows.find((row) => row.sha256 === sha256) ?? []),
    ...sortRows(rest, view.categories, wish.sort),
  ];
}

const FITS: Record<CellFilter, (cell: MatrixCellView) => boolean> = {
  has: ({ state }) => state === 'unreviewed' || state === 'accepted',
  lacks: ({ state }) => state === 'missing' || state === 'absent',
  unreviewed: ({ state }) => state === 'unreviewed',
};

function rowFilter(view: MatrixView, filter: MatrixFilter): (row: MatrixRowView) => boolean {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const at = filter.category === null ? null : view.categories.indexOf(filter.category);
  const fits = filter.cell && FITS[filter.cell];
  return ({ fileName, cells }) => {
    const name = fileName.toLowerCase();
    if (!words.every((word) => name.includes(word))) return false;
    if (!fits) return true;
    return at === null ? cells.some(fits) : cells.slice(at, at + 1).some(fits);
  };
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

type Compare = (a: MatrixRowView, b: MatrixRowView) => number;

const COMPARE: Record<Exclude<SortBy, 'category'>, Compare> = {
  name: (a, b) => COLLATOR.compare(a.fileName, b.fileName),
  opened: (a, b) => a.openedAt - b.openedAt,
  pages: (a, b) => a.pages - b.pages,
  reviewed: (a, b) => a.reviewed - b.reviewed,
};

export function sortRows(rows: MatrixRowView[], categories: string[], sort: MatrixSort): MatrixRowView[] {
  const sign = sort.descending ? -1 : 1;
  if (sort.by === 'category') return sortByAnswer(rows, categories.indexOf(sort.category ?? ''), sign);
  const compare = COMPARE[sort.by];
  return [...rows].sort((a, b) => sign * compare(a, b) || COMPARE.name(a, b));
}

/** Dates by time and before words, words as in a dictionary; contracts without an answer are last either way. */
function sortByAnswer(rows: MatrixRowView[], at: number, sign: number): MatrixRowView[] {
  const keyed = rows.map((row) => {
    const text = row.cells[at]?.text ?? null;
    return { row, text, date: text === null ? null : answerDate(text) };
  });
  keyed.sort((a, b) => {
    if (a.text === null || b.text === null) {
      return Number(a.text === null) - Number(b.text === null) || COMPARE.name(a.row, b.row);
    }
    const order =
      a.date !== null && b.date !== null
        ? a.date - b.date
        : Number(a.date === null) - Number(b.date === null) || COLLATOR.compare(a.text, b.text);
    return sign * order || COMPARE.name(a.row, b.row);
  });
  return keyed.map(({ row }) => row);
}
