// The dial "miss at most 1 clause in N": a setting is a lower threshold for every category at once.
import type { DialView, GroupView } from '../backend';
import type { Thresholds } from './arrange';

/** Thresholds are kept with the precision of the model's scores. */
const SAME = 1e-6;

/** What a setting makes of the thresholds; categories of `own`, the person's, stay as they are. */
export function dialThresholds(groups: GroupView[], threshold: number, own: readonly string[]): Thresholds {
  const lowered = groups
    .flatMap(({ categories }) => categories)
    .filter((category) => category.threshold > threshold && !own.includes(category.name))
    .map((category) => [category.name, threshold] as const);
  return Object.fromEntries(lowered);
}

/** The setting in force: its N, 0 where nothing was changed, null where the person set thresholds by hand. */
export function dialInForce(
  groups: GroupView[],
  dial: DialView[],
  thresholds: Thresholds,
  own: readonly string[],
): number | null {
  const isInForce = ({ threshold }: DialView) =>
    threshold !== null && areSame(dialThresholds(groups, threshold, own), thresholds);
  if (Object.keys(thresholds).length === 0) return 0;
  return dial.find(isInForce)?.missOneIn ?? null;
}

function areSame(some: Thresholds, others: Thresholds): boolean {
  const names = Object.keys(some);
  const near = (name: string) => Math.abs((others[name] ?? Infinity) - (some[name] ?? 0)) < SAME;
  return names.length === Object.keys(others).length && names.every(near);
}
