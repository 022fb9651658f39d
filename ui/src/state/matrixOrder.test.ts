// Sorting, filtering, hiding and pinning.
import { expect, test } from 'vitest';
import type { CellState, GroupView, MatrixCellView, MatrixRowView, MatrixView } from '../backend';
import { answerDate } from './answerDate';
import { CLOSED_MATRIX, NO_FILTER } from './matrix';
import { arrangeColumns, arrangeRows, type MatrixFilter, type MatrixSort } from './matrixOrder';

const NO_SHELF = CLOSED_MATRIX.shelf;
const CATEGORIES = ['Parties', 'Expiration Date', 'Insurance'];
const GROUPS: GroupView[] = [
  { title: 'The contract', categories: [{ name: 'Parties', question: 'Who?', threshold: 0.3 }] },
  {
    title: 'Term',
    categories: [{ name: 'Expiration Date', question: 'Until when?', threshold: 0.3 }],
  },
];

function cell(state: CellState, text: string | null = null): MatrixCellView {
  return { state, text, clauses: text === null ? 0 : 1, confidence: text === null ? null : 0.8 };
}

function row(fileName: string, openedAt: number, cells: MatrixCellView[], reviewed = 0): MatrixRowView {
  const pages = fileName.length;
  return {
    sha256: fileName,
    path: `/c/${fileName}`,
    fileName,
    pages,
    openedAt,
    isRead: true,
    reviewed,
    cells,
  };
}

const VIEW: MatrixView = {
  categories: CATEGORIES,
  rows: [
    row(
      'Lease 10.pdf',
      30,
      [cell('accepted', 'Bell'), cell('unreviewed', '1 March 2024'), cell('missing')],
      1,
    ),
    row(
      'Lease 9.pdf',
      20,
      [cell('unreviewed', 'arden'), cell('accepted', 'December 31, 2019'), cell('absent')],
      2,
    ),
    row('NDA.pdf', 10, [cell('missing'), cell('missing'), cell('unreviewed', 'Yes')]),
  ],
};

function shown(sort: Partial<MatrixSort>, filter: Partial<MatrixFilter> = {}, shelf = NO_SHELF): string[] {
  const wish = {
    sort: { by: 'name' as const, category: null, descending: false, ...sort },
    filter: { ...NO_FILTER, ...filter },
    shelf,
  };
  return arrangeRows(VIEW, wish).map(({ fileName }) => fileName.replace('.pdf', ''));
}

test('names sort as a person counts, figures and dates by size', () => {
  expect(shown({})).toEqual(['Lease 9', 'Lease 10', 'NDA']);
  expect(shown({ descending: true })).toEqual(['NDA', 'Lease 10', 'Lease 9']);
  expect(shown({ by: 'opened' })).toEqual(['NDA', 'Lease 9', 'Lease 10']);
  expect(shown({ by: 'reviewed', descending: true })).toEqual(['Lease 9', 'Lease 10', 'NDA']);
  expect(shown({ by: 'pages' })).toEqual(['NDA', 'Lease 9', 'Lease 10']);
});

test('answers sort as words or as dates, and what has none is last either way', () => {
  expect(shown({ by: 'category', category: 'Parties' })).toEqual(['Lease 9', 'Lease 10', 'NDA']);
  expect(shown({ by: 'category', category: 'Parties', descending: true })).toEqual([
    'Lease 10',
    'Lease 9',
    'NDA',
  ]);
  expect(shown({ by: 'category', category: 'Expiration Date' })).toEqual(['Lease 9', 'Lease 10', 'NDA']);
  expect(shown({ by: 'category', category: 'Expiration Date', descending: true })).toEqual([
    'Lease 10',
    'Lease 9',
    'NDA',
  ]);
});

test('contracts are filtered by words of their names and by the state of a category', () => {
  expect(shown({}, { words: '10 LEASE' })).toEqual(['Lease 10']);
  expect(shown({}, { category: 'Insurance', cell: 'lacks' })).toEqual(['Lease 9', 'Lease 10']);
  expect(shown({}, { category: 'Insurance', cell: 'has' })).toEqual(['NDA']);
  expect(shown({}, { category: 'Parties', cell: 'unreviewed' })).toEqual(['Lease 9']);
  expect(shown({}, { category: null, cell: 'unreviewed' })).toHaveLength(3);
  expect(shown({}, { category: 'Insurance', cell: 'lacks', words: '9' })).toEqual(['Lease 9']);
  expect(shown({}, { category: 'Insurance' })).toHaveLength(3);
});

test('pinned contracts come first whatever the filter says, hidden ones not at all', () => {
  const shelf = { ...NO_SHELF, pinnedContracts: ['NDA.pdf'], hiddenContracts: ['Lease 9.pdf'] };
  expect(shown({}, { words: 'lease' }, shelf)).toEqual(['NDA', 'Lease 10']);
});

test('columns keep their cell and their group when they are pinned or hidden', () => {
  const shelf = { ...NO_SHELF, pinnedCategories: ['Expiration Date'], hiddenCategories: ['Parties'] };
  expect(arrangeColumns(VIEW, GROUPS, shelf)).toEqual([
    { category: 'Expiration Date', cell: 1, group: 1, groupTitle: 'Term' },
    { category: 'Insurance', cell: 2, group: 2, groupTitle: 'Asked before' },
  ]);
});

test('dates are known in the ways contracts write them, durations are not dates', () => {
  const day = Date.UTC(2019, 2, 14);
  const written = [
    '14 March 2019',
    'March 14, 2019',
    'the 14th day of March, 2019',
    '2019-03-14',
    'Mar. 14, 2019',
  ];
  expect(written.map(answerDate)).toEqual(written.map(() => day));
  expect(['2 years', 'May 2019 or later', '90 days', 'New York'].map(answerDate)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
