// Scales and labels of the charts.
import { expect, test } from 'vitest';
import type { MeasurementsView } from '../backend';
import { along, chartsOf, rate, spread, stops, ticks } from './chart';

const point = (atOnce: number) => ({ atOnce, windowsPerSecond: atOnce * 10, inUse: false });

function measured(curves: MeasurementsView['curves']): MeasurementsView {
  return { model: 'M', measuredAt: null, stale: null, length: 256, diskMbPerS: null, curves, levels: [] };
}

test('ticks are round and reach the top', () => {
  expect(ticks(106.4)).toEqual([0, 25, 50, 75, 100, 125]);
  expect(ticks(43)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(ticks(100)).toEqual([0, 20, 40, 60, 80, 100]);
  expect(ticks(0)).toEqual([0, 1]);
  expect(ticks(Number.NaN)).toEqual([0, 1]);
});

test('each device has its own chart, and a curve without points none', () => {
  const charts = chartsOf(
    measured([
      { device: 'Processor', precision: 'f32', counts: 'windows side by side', points: [point(1)] },
      { device: 'Card', precision: 'f16', counts: 'windows in a batch', points: [point(1)] },
      {
        device: 'Processor',
        precision: 'int8',
        counts: 'windows side by side',
        points: [point(1), point(2)],
      },
      { device: 'Card', precision: 'int4', counts: 'windows in a batch', points: [] },
    ]),
  );
  expect(charts.map(({ device, series }) => [device, series.map(({ index }) => index)])).toEqual([
    ['Processor', [0, 2]],
    ['Card', [1]],
  ]);
  expect(charts[0] && stops(charts[0])).toEqual([1, 2]);
});

test('a few windows are placed evenly, many by doublings, one in the middle', () => {
  expect([1, 2, 4].map((value) => along(value, 1, 4))).toEqual([0, 1 / 3, 1]);
  expect([1, 8, 64].map((value) => along(value, 1, 64))).toEqual([0, 0.5, 1]);
  expect(along(1, 1, 1)).toBe(0.5);
  const [chart] = chartsOf(
    measured([
      {
        device: 'P',
        precision: 'f32',
        counts: 'windows',
        points: Array.from({ length: 12 }, (_, index) => point(index + 1)),
      },
    ]),
  );
  expect(chart && stops(chart)).toEqual([1, 2, 4, 8, 12]);
});

test('labels keep their distance and stay inside', () => {
  expect(spread([50, 51, 10], 14, 0, 100)).toEqual([50, 64, 10]);
  expect(spread([99, 98], 14, 0, 100)).toEqual([100, 86]);
});

test('rates are as exact as they need be', () => {
  expect([43.21, 106.4, 2903].map(rate)).toEqual(['43.2', '106', '2,903']);
});
