// The arithmetic of the grid: what is drawn, how far it scrolls, and where keys lead.
import { expect, test } from 'vitest';
import { moved } from './gridKeys';
import { COLUMN, drawn, nameWidth, pinsInPlace, reveal, ROW } from './measures';

const place = (row: number, column: number) => ({ row, column });
const SIZE = { rows: 100, columns: 41, page: 20 };

test('only what is in view is drawn, and a little ahead of it', () => {
  const view = { top: 0, left: 0, height: 20 * ROW, width: 6 * COLUMN };
  const all = { rows: 1000, columns: 41 };
  expect(drawn(view, all)).toEqual({ rows: [0, 24], columns: [0, 7] });
  const { rows, columns } = drawn({ ...view, top: 500 * ROW, left: 20 * COLUMN }, all);
  expect(rows).toEqual([496, 524]);
  expect(columns).toEqual([19, 27]);
  expect(drawn({ ...view, top: 990 * ROW }, all).rows[1]).toBe(1000);
  expect(drawn(view, { rows: 3, columns: 2 })).toEqual({ rows: [0, 3], columns: [0, 2] });
});

test('a small scroll draws nothing anew', () => {
  const view = { top: 40 * ROW, left: 0, height: 20 * ROW, width: 6 * COLUMN };
  const all = { rows: 1000, columns: 41 };
  expect(drawn({ ...view, top: view.top + 3 }, all).rows[0]).toBe(drawn(view, all).rows[0]);
});

test('it scrolls as little as is needed', () => {
  expect(reveal(100, 300, 150, 34)).toBe(100);
  expect(reveal(100, 300, 80, 34)).toBe(80);
  expect(reveal(100, 300, 390, 34)).toBe(124);
});

test('pinned columns stay in place only where they leave room for others', () => {
  expect(pinsInPlace(1600, 3)).toBe(3);
  expect(pinsInPlace(nameWidth(1280) + 4 * COLUMN, 3)).toBe(2);
  expect(pinsInPlace(640, 3)).toBe(0);
});

test('keys move by one, by pages, and to the ends', () => {
  const go = (key: string, held = false, at = place(5, 5)) => moved(key, held, at, SIZE);
  expect(go('ArrowUp')).toEqual(place(4, 5));
  expect(go('ArrowRight')).toEqual(place(5, 6));
  expect(go('Home')).toEqual(place(5, -1));
  expect(go('End')).toEqual(place(5, 40));
  expect(go('PageDown')).toEqual(place(25, 5));
  expect(go('PageUp')).toEqual(place(0, 5));
  expect(go('Home', true)).toEqual(place(0, -1));
  expect(go('End', true)).toEqual(place(99, 40));
  expect(go('x')).toBeNull();
});

test('keys stop at the edges: the head above, the names at the left', () => {
  const go = (key: string, at = place(0, 0)) => moved(key, false, at, SIZE);
  expect(go('ArrowUp')).toEqual(place(-1, 0));
  expect(go('ArrowUp', place(-1, 0))).toEqual(place(-1, 0));
  expect(go('ArrowLeft', place(0, -1))).toEqual(place(0, -1));
  expect(go('ArrowDown', place(99, 3))).toEqual(place(99, 3));
  expect(go('PageDown', place(98, 40))).toEqual(place(99, 40));
});
