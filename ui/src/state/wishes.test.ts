// Which preference a refusal is about, and where is computed.
import { expect, test } from 'vitest';
import type { Preferences } from '../backend';
import { MACHINES } from '../backend/fixtureMachine';
import { runningOn } from '../backend/fixtureRunning';
import { INITIAL_STATE } from './appState';
import { mender, onGraphicsCard } from './wishes';

function wish(change: Partial<Preferences>): Preferences {
  return { ...INITIAL_STATE.preferences, ...change };
}

function mends(machine: keyof typeof MACHINES, change: Partial<Preferences>) {
  const preferences = wish(change);
  return mender(runningOn(MACHINES[machine], preferences, true, null), preferences);
}

test('a refusal is mended where its cause was set', () => {
  expect(mends('laptop', {})).toBeNull();
  expect(mends('laptop', { device: 'cuda' })).toBe('device');
  expect(mends('laptop', { precision: 'int8-static' })).toBe('precision');
  expect(mends('laptop', { batch: 8 })).toBe('batch');
  expect(mends('laptop', { memoryBudgetMb: 64 })).toBe('memoryBudgetMb');
  expect(mends('laptop', { precision: 'f32', memoryBudgetMb: 130 })).toBe('precision');
  expect(mends('laptop', { precision: 'f32', memoryBudgetMb: 64 })).toBe('memoryBudgetMb');
});

test('a graphics card computes where it is chosen, or can be', () => {
  const onCard = (machine: keyof typeof MACHINES, change: Partial<Preferences>) => {
    const preferences = wish(change);
    return onGraphicsCard(runningOn(MACHINES[machine], preferences, true, null), preferences);
  };
  expect(onCard('laptop', {})).toBe(false);
  expect(onCard('gpu', {})).toBe(true);
  expect(onCard('gpu', { device: 'cpu' })).toBe(false);
  expect(onCard('gpu', { precision: 'int8' })).toBe(false);
});
