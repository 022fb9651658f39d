// The preferences of who has chosen nothing: what stands in the program until it has answered, and in the fixtures.
import type { Preferences } from './types';

export const DEFAULT_PREFERENCES: Preferences = {
  speed: 'balanced',
  device: 'auto',
  precision: 'auto',
  batch: null,
  threads: null,
  memoryBudgetMb: null,
  theme: 'system',
  thresholds: {},
  model: null,
  refineWith: null,
  screening: true,
  questions: [],
};
