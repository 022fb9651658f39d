// The arithmetic of the charts: scales, ticks, and labels that do not lie on each other.
import type { CurveView, MeasurementsView } from '../backend';

/** In this order everywhere, so that a precision has the same colour and sign in every chart. */
const SERIES = ['f32', 'f16', 'int8', 'int8-static', 'int4'];

export interface Series {
  curve: CurveView;
  /** The precision in words. */
  name: string;
  /** Which colour and sign it has. */
  index: number;
}

/** The curves of one device, which share their axes. */
export interface DeviceChart {
  device: string;
  counts: string;
  series: Series[];
}

export function seriesIndex(precision: string): number {
  const index = SERIES.indexOf(precision);
  return index === -1 ? SERIES.length : index;
}

export function chartsOf({ curves, levels }: MeasurementsView): DeviceChart[] {
  const charts: DeviceChart[] = [];
  for (const curve of curves) {
    const { device, counts, precision } = curve;
    if (curve.points.length === 0) continue;
    const level = levels.find((level) => level.device === device && level.precision === precision);
    const series = { curve, name: level?.name ?? precision, index: seriesIndex(precision) };
    const chart = charts.find((chart) => chart.device === device && chart.counts === counts);
    if (chart) chart.series.push(series);
    else charts.push({ device, counts, series: [series] });
  }
  return charts;
}

/** Round numbers from 0 to at least `most`, five or so. */
export function ticks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
}

/** Every number of windows at once that occurs; of many, the powers of two and the last. */
export function stops({ series }: DeviceChart): number[] {
  const all = [...new Set(series.flatMap(({ curve }) => curve.points.map(({ atOnce }) => atOnce)))];
  all.sort((a, b) => a - b);
  if (all.length <= 8) return all;
  return all.filter((stop, index) => index === all.length - 1 || Number.isInteger(Math.log2(stop)));
}

/** Places a number from `first` to `last` on a line from 0 to 1, by doublings where there are many. */
export function along(value: number, first: number, last: number): number {
  if (last <= first) return 0.5;
  if (last <= 8) return (value - first) / (last - first);
  return Math.log2(value / first) / Math.log2(last / first);
}

/** Moves labels apart so that none is nearer than `gap` to the next, within `top` and `bottom`. */
export function spread(wanted: number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  let lowest = top - gap;
  for (const label of order) {
    label.place = Math.max(label.place, lowest + gap);
    lowest = label.place;
  }
  let highest = bottom + gap;
  for (const label of order.reverse()) {
    label.place = Math.min(label.place, highest - gap);
    highest = label.place;
  }
  const placed: number[] = [];
  for (const { place, index } of order) placed[index] = place;
  return placed;
}

/** "106", "43.2", "2,903". */
export function rate(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
}
