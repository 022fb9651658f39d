// Contracts on their way through the queue, over the fixture backend.
import { expect, test, vi } from 'vitest';
import { CONTRACTS } from '../backend/fixtureContracts';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';
import { shareRead, statusOf } from './contract';

const pathOf = (name: string) => CONTRACTS[name]?.path ?? '';

function begin(change: Parameters<typeof testSetup>[0] = {}) {
  const setup = testSetup(change);
  const store = createAppStore();
  const actions = createActions(store, createFixtureBackend(setup));
  const stages = () => store.getState().contracts.map(({ stage }) => stage);
  const keys = () => store.getState().contracts.map(({ key }) => key);
  return { store, actions, stages, keys, calls: setup.calls };
}

test('opens and reads what it was started with', async () => {
  const { store, actions, stages } = begin({ launch: ['agreement'] });
  await actions.start();
  await vi.waitFor(() => expect(stages()).toEqual(['done']));
  const contract = activeContract(store.getState());
  expect(contract?.reading?.findings.length).toBeGreaterThan(30);
  expect(contract?.document?.warnings[0]?.page).toBe(7);
});

test('reads one after another, and a failure ends its own contract only', async () => {
  const { store, actions, stages } = begin();
  const seen = new Set<string>();
  store.subscribe(({ contracts }) => {
    const reading = contracts.filter(({ stage }) => stage === 'reading').length;
    seen.add(`reading ${reading}`);
  });
  actions.add([pathOf('nda'), pathOf('broken'), pathOf('unreadable'), pathOf('agreement')]);
  expect(stages()[0]).toBe('opening');
  await vi.waitFor(() => expect(stages()).toEqual(['done', 'openFailed', 'readFailed', 'done']));
  expect(seen).toEqual(new Set(['reading 0', 'reading 1']));
  const failed = store.getState().contracts[1];
  expect(failed?.message).toContain('Side letter.pdf');
  expect(failed && statusOf(failed)).toBe('failed');
});

test('the contract in view is read before the others', async () => {
  const { actions, stages, keys, calls } = begin();
  actions.add([pathOf('slow'), pathOf('nda'), pathOf('agreement')]);
  await vi.waitFor(() => expect(stages()).toEqual(['reading', 'waiting', 'waiting']));
  const [slow = 0, , last = 0] = keys();
  actions.activate(last);
  actions.cancel(slow);
  await vi.waitFor(() => expect(stages()).toEqual(['cancelled', 'done', 'done']));
  const read = calls.filter(({ command }) => command === 'read_document').map(({ args }) => args);
  expect(read).toEqual([{ id: 1 }, { id: 3 }, { id: 2 }]);
});

test('a cancelled reading can be taken up again', async () => {
  const { store, actions, stages, keys } = begin();
  actions.add([pathOf('slow')]);
  await vi.waitFor(() => {
    const contract = activeContract(store.getState());
    expect(contract && shareRead(contract)).toBeGreaterThan(0.1);
  });
  const [key = 0] = keys();
  actions.cancel(key);
  await vi.waitFor(() => expect(stages()).toEqual(['cancelled']));
  actions.retry(key);
  await vi.waitFor(() => expect(stages()).toEqual(['reading']));
});

test('a waiting contract is cancelled without a call', async () => {
  const { actions, stages, keys, calls } = begin();
  actions.add([pathOf('slow'), pathOf('nda')]);
  await vi.waitFor(() => expect(stages()).toEqual(['reading', 'waiting']));
  actions.cancel(keys()[1] ?? 0);
  expect(stages()).toEqual(['reading', 'cancelled']);
  expect(calls.some(({ command }) => command === 'cancel_reading')).toBe(false);
});

test('a password is asked for, refused and accepted', async () => {
  const { store, actions, stages, keys } = begin();
  actions.add([pathOf('locked')]);
  await vi.waitFor(() => expect(stages()).toEqual(['locked']));
  expect(activeContract(store.getState())?.refused).toBe(false);
  actions.unlock(keys()[0] ?? 0, 'wrong');
  await vi.waitFor(() => expect(activeContract(store.getState())?.refused).toBe(true));
  actions.unlock(keys()[0] ?? 0, 'sesame');
  await vi.waitFor(() => expect(stages()).toEqual(['done']));
});

test('a path that is open is shown, not opened twice', async () => {
  const { store, actions, stages, keys } = begin();
  actions.add([pathOf('nda'), pathOf('agreement')]);
  await vi.waitFor(() => expect(stages()).toEqual(['done', 'done']));
  actions.activate(keys()[1] ?? 0);
  actions.add([pathOf('nda')]);
  expect(stages()).toHaveLength(2);
  expect(store.getState().activeKey).toBe(keys()[0]);
});

test('closing shows the neighbour and tells the backend', async () => {
  const { store, actions, stages, keys, calls } = begin();
  actions.add([pathOf('slow'), pathOf('nda')]);
  await vi.waitFor(() => expect(stages()).toEqual(['reading', 'waiting']));
  actions.close(keys()[0] ?? 0);
  await vi.waitFor(() => expect(stages()).toEqual(['done']));
  expect(store.getState().activeKey).toBe(keys()[0]);
  expect(calls.map(({ command }) => command)).toContain('close_document');
});
