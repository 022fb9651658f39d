// Selecting cells, rows, columns and stretches, and what of them can be accepted.
import { expect, test } from 'vitest';
import type { CellState, MatrixRowView } from '../backend';
import {
  contractsOf,
  NOTHING_SELECTED,
  rectangle,
  selectedCells,
  toggled,
  withCells,
} from './matrixSelection';

function row(sha256: string, states: CellState[]): MatrixRowView {
  const cells = states.map((state) => ({ state, text: null, clauses: 0, confidence: null }));
  return { sha256, path: sha256, fileName: sha256, pages: 1, openedAt: 0, isRead: true, reviewed: 0, cells };
}

const column = (category: string, cell: number) => ({ category, cell, group: 0, groupTitle: '' });
const SHOWN = {
  columns: [column('A', 0), column('B', 1), column('C', 2)],
  rows: [
    row('one', ['unreviewed', 'missing', 'unreviewed']),
    row('two', ['accepted', 'unreviewed', 'absent']),
    row('three', ['unreviewed', 'unread', 'missing']),
  ],
};

const names = (cells: { sha256: string; category: string }[]) =>
  cells.map(({ sha256, category }) => `${sha256} ${category}`);

test('a stretch goes from cell to cell in either direction', () => {
  const forth = rectangle(SHOWN, { row: 0, column: 1 }, { row: 1, column: 2 });
  expect(names(forth)).toEqual(['one B', 'one C', 'two B', 'two C']);
  expect(rectangle(SHOWN, { row: 1, column: 2 }, { row: 0, column: 1 })).toEqual(forth);
});

test('a name stands for its row, a head for its column, the corner for everything', () => {
  const at = (row: number, column: number) => rectangle(SHOWN, { row, column }, { row, column });
  expect(names(at(1, -1))).toEqual(['two A', 'two B', 'two C']);
  expect(names(at(-1, 0))).toEqual(['one A', 'two A', 'three A']);
  expect(at(-1, -1)).toHaveLength(9);
});

test('what is selected whole is put back, what is selected in part becomes whole', () => {
  const one = rectangle(SHOWN, { row: 0, column: 0 }, { row: 0, column: 0 });
  const whole = rectangle(SHOWN, { row: 0, column: -1 }, { row: 0, column: -1 });
  const part = toggled(NOTHING_SELECTED, one);
  const all = toggled(part, whole);
  expect(all.get('one')?.size).toBe(3);
  expect(toggled(all, whole)).toEqual(NOTHING_SELECTED);
  expect([...(toggled(all, one).get('one') ?? [])]).toEqual(['B', 'C']);
});

test('a contract whose selection does not change keeps the same set, so that its row is not drawn anew', () => {
  const before = withCells(NOTHING_SELECTED, [{ sha256: 'one', category: 'A' }]);
  const after = withCells(before, [{ sha256: 'two', category: 'A' }]);
  expect(after.get('one')).toBe(before.get('one'));
});

test('only what waits for a decision and is shown is accepted', () => {
  const everything = withCells(
    NOTHING_SELECTED,
    rectangle(SHOWN, { row: -1, column: -1 }, { row: -1, column: -1 }),
  );
  const all = selectedCells(everything, SHOWN);
  expect(all).toMatchObject({ count: 9 });
  expect(contractsOf(all.acceptable)).toBe(3);
  // Not what is confirmed already, and nothing of a contract that was not read.
  expect(names(all.empty)).toEqual(['one B', 'three C']);
  expect(names(all.acceptable)).toEqual(['one A', 'one C', 'two B', 'three A']);
  const narrowed = { columns: SHOWN.columns.slice(0, 1), rows: SHOWN.rows.slice(1) };
  expect(names(selectedCells(everything, narrowed).acceptable)).toEqual(['three A']);
  expect(selectedCells(everything, narrowed).count).toBe(2);
});
