// Conversions, against viewports worked out by hand.
import { expect, test } from 'vitest';
import { holds, shownSize, toBox } from './coordinates';

/** A viewport as pdf.js makes it, for rotations of 0 and 90 degrees. */
function viewport([x0, y0, , y1]: number[], rotation: 0 | 90, scale: number) {
  return {
    convertToViewportRectangle: ([a = 0, b = 0, c = 0, d = 0]: number[]) =>
      rotation === 0
        ? [(a - (x0 ?? 0)) * scale, ((y1 ?? 0) - b) * scale, (c - (x0 ?? 0)) * scale, ((y1 ?? 0) - d) * scale]
        : [
            (b - (y0 ?? 0)) * scale,
            (a - (x0 ?? 0)) * scale,
            (d - (y0 ?? 0)) * scale,
            (c - (x0 ?? 0)) * scale,
          ],
  };
}

test('a rectangle of an upright page hangs from the top', () => {
  const box = toBox(viewport([0, 0, 612, 792], 0, 2), [72, 700, 172, 712]);
  expect(box).toEqual({ left: 144, top: 160, width: 200, height: 24 });
});

test('the crop box moves the origin', () => {
  const box = toBox(viewport([54, 90, 558, 720], 0, 1), [60, 700, 160, 710]);
  expect(box).toEqual({ left: 6, top: 10, width: 100, height: 10 });
});

test('on a page turned by 90 degrees lines run along the y axis of the file', () => {
  const box = toBox(viewport([0, 0, 612, 792], 90, 1), [100, 72, 110, 272]);
  expect(box).toEqual({ left: 72, top: 100, width: 200, height: 10 });
});

test('a page turned sideways swaps width and height', () => {
  expect(shownSize({ crop: [10, 20, 110, 220], rotation: 0 })).toEqual({ width: 100, height: 200 });
  expect(shownSize({ crop: [10, 20, 110, 220], rotation: 270 })).toEqual({ width: 200, height: 100 });
});

test('a click beside a mark by a pixel still hits it', () => {
  const box = { left: 10, top: 10, width: 20, height: 5 };
  expect(holds(box, 9.5, 12)).toBe(true);
  expect(holds(box, 8, 12)).toBe(false);
});
