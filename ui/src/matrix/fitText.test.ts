// Texts that are longer than their room.
import { expect, test } from 'vitest';
import { shortened } from './fitText';

const widthOf = () => 10;

test('what fits stays as it is', () => {
  expect(shortened('Delaware', 80, widthOf)).toBe('Delaware');
});

test('what does not fit is cut so that the dots fit too, with no blank before them', () => {
  expect(shortened('England and Wales', 80, widthOf)).toBe('England…');
  expect(shortened('England and Wales', 90, widthOf)).toBe('England…');
  expect(shortened('England and Wales', 100, widthOf)).toBe('England a…');
});

test('a letter of two units is not cut in two, and no room gives the dots alone', () => {
  expect(shortened('𝒜𝒜𝒜', 20, widthOf)).toBe('𝒜…');
  expect(shortened('Delaware', 5, widthOf)).toBe('…');
});
