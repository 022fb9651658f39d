// The hues of the groups can be told apart, also as the light tints in which they lie on the paper.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const tokens = readFileSync(new URL('../shared/tokens.css', import.meta.url), 'utf8');
const marks = [...tokens.matchAll(/\n\[data-group='\d'\] \{\s*--group-mark: (#[0-9a-f]{6})/g)].map(
  ([, colour]) => colour ?? '',
);

/** A colour mixed into white, in OKLab, where distances are as the eye sees them; a hundredth is hardly seen. */
function tint(colour: string, share: number): [number, number, number] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = (Number.parseInt(colour.slice(at, at + 2), 16) / 255) * share + 1 - share;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function closest(share: number): number {
  const colours = marks.map((colour) => tint(colour, share));
  const distances = colours.flatMap((a, index) =>
    colours.slice(index + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  );
  return Math.min(...distances);
}

test('each group has a hue of its own', () => {
  expect(marks).toHaveLength(8);
  expect(closest(1)).toBeGreaterThan(0.14);
});

test('tints of clauses that are not reviewed are no closer than three steps of the eye', () => {
  const [, share] =
    /--tint: (\d+)%/.exec(readFileSync(new URL('MarkLayer.css', import.meta.url), 'utf8')) ?? [];
  expect(closest(Number(share) / 100)).toBeGreaterThan(0.03);
});
