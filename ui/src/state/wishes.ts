// What follows from the preferences about reading: what must be read again, what a refusal is about, where is computed.
import type { Preferences, RunningView } from '../backend';
import type { Contract } from './contract';

/** The preferences that change which clauses are found. */
export type ReadingWishes = Pick<Preferences, 'speed' | 'device' | 'precision'>;

export function readingWishes({ speed, device, precision }: Preferences): ReadingWishes {
  return { speed, device, precision };
}

/** Contracts that were read with other preferences and do not wait to be read again. */
export function readOtherwise(contracts: Contract[], preferences: Preferences): Contract[] {
  const { speed, device, precision } = preferences;
  return contracts.filter(
    ({ stage, reading, readWith: was }) =>
      reading !== null &&
      (stage === 'done' || stage === 'cancelled' || stage === 'readFailed') &&
      was !== null &&
      (was.speed !== speed || was.device !== device || was.precision !== precision),
  );
}

export type ReadingPreference = keyof RunningView['choices'] | 'batch' | 'memoryBudgetMb';

/** The preference that can mend a refusal: one that the person has set goes before one that is left to the program. */
export function mender(running: RunningView, preferences: Preferences): ReadingPreference | null {
  const { plan, choices } = running;
  if (plan.refusal === null) return null;
  const possible = (key: keyof RunningView['choices']) =>
    choices[key].some(({ refusal }) => refusal === null);
  if (preferences.device !== 'auto' && possible('device')) return 'device';
  if (preferences.precision !== 'auto' && possible('precision')) return 'precision';
  if (preferences.batch !== null && !onGraphicsCard(running, preferences)) return 'batch';
  if (preferences.memoryBudgetMb !== null) return 'memoryBudgetMb';
  if (preferences.batch !== null) return 'batch';
  return (['device', 'precision', 'speed'] as const).find(possible) ?? null;
}

/** Whether a graphics card computes: left to itself the program takes one wherever one can be used. */
export function onGraphicsCard({ choices }: RunningView, { device }: Preferences): boolean {
  if (device !== 'auto') return device !== 'cpu';
  return choices.device.some(
    ({ value, refusal }) => (value === 'cuda' || value === 'metal') && refusal === null,
  );
}
