// The column of pages.
import { expect, test } from 'vitest';
import {
  ACTUAL_SIZE,
  GAP,
  PADDING,
  fitScale,
  keptPages,
  leftOf,
  pageAt,
  stack,
  stepZoom,
  wholeScale,
} from './pageLayout';

const letter = { width: 612, height: 792 };
const column = stack(
  Array.from({ length: 800 }, () => letter),
  1,
);

test('pages lie one below the other with gaps', () => {
  expect(column.tops.slice(0, 2)).toEqual([PADDING, PADDING + 792 + GAP]);
  expect(column.height).toBe(2 * PADDING + 800 * 792 + 799 * GAP);
});

test('the page at a height is found, gaps and ends included', () => {
  expect(pageAt(column, 0)).toBe(0);
  expect(pageAt(column, PADDING + 792 + GAP - 1)).toBe(0);
  expect(pageAt(column, PADDING + 792 + GAP)).toBe(1);
  expect(pageAt(column, 10_000_000)).toBe(799);
  expect(pageAt(stack([], 1), 50)).toBe(0);
});

test('only the pages in view and their neighbours are kept', () => {
  const top = column.tops[400] ?? 0;
  expect(keptPages(column, top, 1000, 1)).toEqual([399, 402]);
  expect(keptPages(column, 0, 1000, 1)).toEqual([0, 2]);
});

test('the commonest width fills the view, not that of one wide page', () => {
  const pages = [letter, letter, { width: 1224, height: 792 }];
  expect(fitScale(pages, 612 + 2 * PADDING)).toBe(1);
});

test('a whole page is seen at once', () => {
  expect(wholeScale([letter], { width: 2000, height: 792 + 2 * GAP })).toBe(1);
  expect(wholeScale([letter], { width: 612 + 2 * PADDING, height: 3000 })).toBe(1);
});

test('pages are centred in the view, and in the column where that is wider', () => {
  expect(leftOf(stack([letter], 1), 0, 1000)).toBe(194);
  expect(leftOf(stack([letter, { width: 1000, height: 5 }], 1), 0, 500)).toBe((1000 + 2 * PADDING - 612) / 2);
});

test('zoom goes in steps and stops at the ends', () => {
  expect(stepZoom(1, 1)).toBe(1.1);
  expect(stepZoom(1.17, -1)).toBe(1.1);
  expect(stepZoom(5, 1)).toBe(5);
  expect(stepZoom(0.25, -1)).toBe(0.25);
  expect(ACTUAL_SIZE).toBeCloseTo(4 / 3);
});
