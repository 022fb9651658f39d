// Going from place to place.
import { expect, test } from 'vitest';
import { neighbour, positionOf, type Found } from './findPlaces';
import type { TextSpan } from './findText';

const span: TextSpan = { from: { piece: 0, offset: 0 }, to: { piece: 0, offset: 1 } };
// A search that began at page 7 found that one first.
const found: Found = new Map([
  [7, [span, span]],
  [2, [span]],
]);

test('places are numbered as they stand in the contract, not as they were found', () => {
  expect(positionOf(found, { page: 7, index: 1 })).toBe(3);
  expect(positionOf(found, { page: 2, index: 0 })).toBe(1);
});

test('after the last place comes the first, and before it the last', () => {
  expect(neighbour(found, { page: 2, index: 0 }, 1)).toEqual({ page: 7, index: 0 });
  expect(neighbour(found, { page: 7, index: 1 }, 1)).toEqual({ page: 2, index: 0 });
  expect(neighbour(found, { page: 2, index: 0 }, -1)).toEqual({ page: 7, index: 1 });
});

test('a place that is there no longer leads to the first, and without places there is none', () => {
  expect(neighbour(found, { page: 3, index: 0 }, 1)).toEqual({ page: 2, index: 0 });
  expect(neighbour(new Map(), null, 1)).toBeNull();
});
