// What follows from the preferences about reading: what must be read again, and where is computed.
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

/** Whether a graphics card computes, or was asked to where nothing can run. */
export function onGraphicsCard({ plan }: RunningView, { device }: Preferences): boolean {
  const computes = plan.device ?? device;
  return computes === 'cuda' || computes === 'metal';
}
