// What is kept of pins, and what is made of it when it was damaged.
import { expect, test } from 'vitest';
import { readShelf } from './keptShelf';

const SHELF = {
  pinnedContracts: ['a'],
  pinnedCategories: ['Parties'],
  hiddenContracts: ['b'],
  hiddenCategories: ['Insurance'],
};

test('what was kept comes back', () => {
  expect(readShelf(JSON.stringify(SHELF))).toEqual(SHELF);
});

test('nothing, damage and other shapes are nothing', () => {
  expect(readShelf(null)).toBeNull();
  expect(readShelf('{"pinned')).toBeNull();
  expect(readShelf('7')).toBeNull();
  expect(readShelf(JSON.stringify({ ...SHELF, hiddenContracts: 'b' }))).toBeNull();
});

test('what is no name is left out, and so are more pins than there is room for', () => {
  const kept = { ...SHELF, pinnedCategories: ['a', 1, 'b', 'c', 'd'], hiddenContracts: [null] };
  expect(readShelf(JSON.stringify(kept))).toEqual({
    ...SHELF,
    pinnedCategories: ['a', 'b', 'c'],
    hiddenContracts: [],
  });
});
