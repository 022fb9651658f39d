// Where is computed.
import { expect, test } from 'vitest';
import type { Preferences } from '../backend';
import { MACHINES } from '../backend/fixtureMachine';
import { runningOn } from '../backend/fixtureRunning';
import { INITIAL_STATE } from './appState';
import { onGraphicsCard } from './wishes';

function wish(change: Partial<Preferences>): Preferences {
  return { ...INITIAL_STATE.preferences, ...change };
}

test('a graphics card computes where it is chosen, or can be', () => {
  const onCard = (machine: keyof typeof MACHINES, change: Partial<Preferences>) => {
    const preferences = wish(change);
    return onGraphicsCard(runningOn(MACHINES[machine], preferences, true, null), preferences);
  };
  expect(onCard('laptop', {})).toBe(false);
  expect(onCard('gpu', {})).toBe(true);
  expect(onCard('gpu', { device: 'cpu' })).toBe(false);
  expect(onCard('gpu', { precision: 'int8' })).toBe(false);
  // Nothing can run, but a card was asked for.
  expect(onCard('laptop', { device: 'cuda' })).toBe(true);
});
