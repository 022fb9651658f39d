// Conversions, against viewports worked out by hand.
import { expect, test } from 'vitest';
import { holds, partOfText, shownSize, toBox, toShare, toUser, turnPoint } from './coordinates';

/** A viewport as pdf.js makes it, for rotations of 0 and 90 degrees. */
function viewport([x0, y0, , y1]: number[], rotation: 0 | 90, scale: number) {
  return {
    convertToViewportPoint: (a: number, b: number) =>
      rotation === 0
        ? [(a - (x0 ?? 0)) * scale, ((y1 ?? 0) - b) * scale]
        : [(b - (y0 ?? 0)) * scale, (a - (x0 ?? 0)) * scale],
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

test('a box of the page goes back to where it came from', () => {
  const upright = { convertToPdfPoint: (x: number, y: number) => [54 + x / 2, 720 - y / 2] };
  expect(toUser(upright, { left: 12, top: 20, width: 200, height: 20 })).toEqual([60, 700, 160, 710]);
  const sideways = { convertToPdfPoint: (x: number, y: number) => [y, x] };
  expect(toUser(sideways, { left: 72, top: 100, width: 200, height: 10 })).toEqual([100, 72, 110, 272]);
});

test('a corner goes round with the page', () => {
  const corner = [0, 90, 180, 270, 360, -90].map((degrees) => turnPoint(0, 0, degrees));
  expect(corner).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
    [0, 1],
  ]);
});

test('shares of a page count the crop box, its rotation and the turn of the person', () => {
  const crop: [number, number, number, number] = [50, 100, 150, 300];
  const rect: [number, number, number, number] = [60, 250, 90, 280];
  const rounded = (rotation: number, turn: 0 | 90) =>
    Object.values(toShare({ crop, rotation }, turn, rect)).map((share) => Math.round(share * 1000) / 1000);
  expect(rounded(0, 0)).toEqual([0.1, 0.1, 0.3, 0.15]);
  expect(rounded(90, 0)).toEqual([0.75, 0.1, 0.15, 0.3]);
  expect(rounded(0, 90)).toEqual([0.75, 0.1, 0.15, 0.3]);
  expect(rounded(90, 90)).toEqual([0.6, 0.75, 0.3, 0.15]);
});

test('a part of a piece of text lies along its direction', () => {
  const across = { transform: [10, 0, 0, 10, 100, 500], width: 80, height: 10 };
  expect(partOfText(across, 0.25, 0.5)).toEqual([120, 498, 140, 508]);
  const upwards = { transform: [0, 10, -10, 0, 100, 500], width: 80, height: 10 };
  expect(partOfText(upwards, 0.25, 0.5)).toEqual([92, 520, 102, 540]);
});
