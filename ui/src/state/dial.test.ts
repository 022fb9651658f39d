// The dial sets thresholds, and shows where it stands.
import { expect, test } from 'vitest';
import type { DialView } from '../backend';
import { dialInForce, dialThresholds } from './dial';

const GROUPS = [
  {
    title: 'The contract',
    categories: [
      { name: 'Parties', question: 'Who?', threshold: 0.3 },
      { name: 'Insurance', question: 'Insured?', threshold: 0.1 },
      { name: 'Deposit', question: 'How much?', threshold: 0.5 },
    ],
  },
];
const setting = (missOneIn: number, threshold: number | null): DialView => ({
  missOneIn,
  threshold,
  recall: 0.9,
  falseAlarms: 20,
});
const DIAL = [setting(5, 0.2), setting(10, 0.05), setting(50, null)];

test('a setting lowers thresholds and raises none, and leaves own questions alone', () => {
  expect(dialThresholds(GROUPS, 0.2, ['Deposit'])).toEqual({ Parties: 0.2 });
  expect(dialThresholds(GROUPS, 0.05, [])).toEqual({ Parties: 0.05, Insurance: 0.05, Deposit: 0.05 });
});

test('knows which setting is in force', () => {
  const inForce = (thresholds: Record<string, number>) => dialInForce(GROUPS, DIAL, thresholds, ['Deposit']);
  expect(inForce({})).toBe(0);
  expect(inForce({ Parties: 0.2 })).toBe(5);
  // Kept as a number of 32 bits, which is not quite the same.
  expect(inForce({ Parties: 0.05000000074505806, Insurance: 0.05000000074505806 })).toBe(10);
  expect(inForce({ Parties: 0.05 })).toBeNull();
  expect(inForce({ Insurance: 0.2 })).toBeNull();
});
