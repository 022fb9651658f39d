// What follows from the preferences about reading: what must be read again, and where is computed.
import type { ModelsView, Preferences, RunningView } from '../backend';
import type { Contract } from './contract';
import { answeringModel } from './models';

/** The preferences that change which clauses are found. */
export type ReadingWishes = Pick<
  Preferences,
  'speed' | 'device' | 'precision' | 'model' | 'screening' | 'questions'
>;

export function readingWishes(preferences: Preferences): ReadingWishes {
  const { speed, device, precision, model, screening, questions } = preferences;
  return { speed, device, precision, model, screening, questions };
}

/** What counts of the wishes: screening and own questions do where a model reads or checks that answers questions. */
function counting(wishes: ReadingWishes, models: ModelsView | null): string {
  const { speed, device, precision, model, screening, questions } = wishes;
  const asks = answeringModel(models) !== null;
  return JSON.stringify([speed, device, precision, model, ...(asks ? [screening, questions] : [])]);
}

/** Contracts that were read with other preferences and do not wait to be read again. */
export function readOtherwise(
  contracts: Contract[],
  preferences: Preferences,
  models: ModelsView | null,
): Contract[] {
  const now = counting(readingWishes(preferences), models);
  return contracts.filter(
    ({ stage, reading, readWith }) =>
      reading !== null &&
      (stage === 'done' || stage === 'cancelled' || stage === 'readFailed') &&
      readWith !== null &&
      counting(readWith, models) !== now,
  );
}

/** Whether a graphics card computes, or was asked to where nothing can run. */
export function onGraphicsCard({ plan }: RunningView, { device }: Preferences): boolean {
  const computes = plan.device ?? device;
  return computes === 'cuda' || computes === 'metal';
}
