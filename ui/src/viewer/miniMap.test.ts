// Where the bars of the map lie.
import { expect, test } from 'vitest';
import type { PageView, RectView } from '../backend';
import { barAt, barOf, clauseBars, filledRows, type ClauseBar } from './miniMap';
import type { PageMark } from './marks';
import { stack } from './pageLayout';

const pages: PageView[] = Array.from({ length: 4 }, () => ({ crop: [0, 0, 600, 800], rotation: 0 }));
const upright = stack(
  pages.map(() => ({ width: 600, height: 800 })),
  1,
);
const mark = (findingId: number, rect: RectView): PageMark => ({
  findingId,
  category: 'Insurance',
  group: 2,
  decision: 'unreviewed',
  rect,
  lane: 0,
});

test('a bar goes from the first line of a clause to its last, on each of its pages', () => {
  const marks = new Map([
    [2, [mark(1, [0, 700, 90, 710]), mark(1, [0, 680, 90, 690]), mark(5, [0, 400, 9, 410])]],
    [3, [mark(1, [0, 790, 90, 800])]],
  ]);
  const bars = clauseBars(marks, pages, 0, upright);
  expect(bars.map(({ findingId, page }) => [findingId, page])).toEqual([
    [1, 2],
    [5, 2],
    [1, 3],
  ]);
  expect((bars[0]?.top ?? 0) * upright.height).toBeCloseTo((upright.tops[1] ?? 0) + 90);
  expect((bars[0]?.height ?? 0) * upright.height).toBeCloseTo(30);
  expect((bars[2]?.top ?? 0) * upright.height).toBeCloseTo(upright.tops[2] ?? 0);
});

test('on turned pages a bar goes where the mark is shown', () => {
  const turned = stack(
    pages.map(() => ({ width: 800, height: 600 })),
    1,
  );
  const { top, height } = barOf(1, [60, 700, 120, 710], pages, 90, turned);
  expect(top * turned.height).toBeCloseTo((turned.tops[0] ?? 0) + 60);
  expect(height * turned.height).toBeCloseTo(60);
});

test('however many places there are, a row is filled once', () => {
  const many = Array.from({ length: 5000 }, (_, index) => index / 5000);
  expect(filledRows(many, 100)).toHaveLength(100);
  expect(filledRows([0.501, 0.502, 1, -0.1], 100)).toEqual([0, 50, 99]);
});

test('a click beside a bar by little means that clause, further away only the place', () => {
  const bar = (findingId: number, top: number): ClauseBar => ({
    findingId,
    page: 1,
    group: 0,
    top,
    height: 0.02,
  });
  const bars = [bar(1, 0.1), bar(2, 0.13), bar(3, 0.5)];
  expect(barAt(bars, 0.14, 0.01)?.findingId).toBe(2);
  expect(barAt(bars, 0.095, 0.01)?.findingId).toBe(1);
  expect(barAt(bars, 0.3, 0.01)).toBeNull();
  expect(barAt([], 0.3, 0.01)).toBeNull();
});
