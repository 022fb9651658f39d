// Runs of letters become lines.
import { expect, test } from 'vitest';
import { joinLines } from './textRects';

test('runs side by side are one line, runs one below the other are several', () => {
  expect(
    joinLines([
      { rect: [72, 700, 100, 711], upright: false },
      { rect: [103, 701, 300, 712], upright: false },
      { rect: [72, 685, 200, 696], upright: false },
    ]),
  ).toEqual([
    [72, 700, 300, 712],
    [72, 685, 200, 696],
  ]);
});

test('a small raised letter stays in its line', () => {
  expect(
    joinLines([
      { rect: [72, 700, 100, 712], upright: false },
      { rect: [100, 707, 104, 714], upright: false },
    ]),
  ).toEqual([[72, 700, 104, 714]]);
});

test('on a page that is read sideways lines run along the other axis', () => {
  expect(
    joinLines([
      { rect: [100, 72, 111, 200], upright: true },
      { rect: [100, 203, 111, 300], upright: true },
      { rect: [116, 72, 127, 300], upright: true },
    ]),
  ).toEqual([
    [100, 72, 111, 300],
    [116, 72, 127, 300],
  ]);
});
