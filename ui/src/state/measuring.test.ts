// Measuring from its beginning to each of its ends.
import { expect, test, vi } from 'vitest';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { createAppStore } from './appState';
import type { Measuring } from './measuring';

async function begin(change: Parameters<typeof testSetup>[0]) {
  const setup = testSetup(change);
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  await actions.start();
  const stage = () => store.getState().measuring.stage;
  return { store, actions, backend, calls: setup.calls, stage };
}

test('it reports its steps and ends with figures, and what runs is asked anew', async () => {
  const { store, actions, calls, stage } = await begin({ machine: 'new' });
  const seen: Measuring[] = [];
  store.subscribe(({ measuring }) => seen.push(measuring));
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(store.getState().measurements?.measuredAt).toBeNull());
  expect(store.getState().running?.plan.seconds).toBeNull();
  await actions.measure();
  expect(stage()).toBe('done');
  expect(store.getState().measurements?.curves).toHaveLength(4);
  expect(seen.some(({ progress }) => progress?.done === 3 && progress.doing.startsWith('Processor'))).toBe(
    true,
  );
  await vi.waitFor(() => expect(store.getState().running?.plan.seconds).toBeGreaterThan(0));
  expect(calls.filter(({ command }) => command === 'measure')).toHaveLength(1);
  expect(store.getState().toasts).toEqual([]);
});

test('it is not begun twice, goes on when the preferences are closed, and can be cancelled', async () => {
  const { store, actions, calls, stage } = await begin({ measuring: 'stands' });
  actions.showPanel('preferences');
  void actions.measure();
  await vi.waitFor(() => expect(store.getState().measuring.progress?.done).toBe(5));
  actions.showPanel('none');
  actions.showPanel('preferences');
  void actions.measure();
  expect(stage()).toBe('running');
  expect(store.getState().measuring.progress?.done).toBe(5);
  void actions.cancelMeasuring();
  expect(store.getState().measuring.stopping).toBe(true);
  await vi.waitFor(() => expect(stage()).toBe('cancelled'));
  expect(calls.filter(({ command }) => command === 'measure')).toHaveLength(1);
  expect(store.getState().measuring).toMatchObject({ stopping: false, progress: null });
});

test('a failure keeps its reason, and how it ended is told where nobody looks', async () => {
  const { store, actions, stage } = await begin({ measuring: 'fails' });
  await actions.measure();
  expect(stage()).toBe('failed');
  expect(store.getState().measuring.message).toContain('changed on the disk');
  expect(store.getState().toasts[0]).toMatchObject({ kind: 'bad' });
});

test('a measuring that ends unseen says so', async () => {
  const { store, actions } = await begin({});
  await actions.measure();
  expect(store.getState().toasts[0]).toMatchObject({ kind: 'good', title: 'This computer was measured' });
});

test('a cancellation that fails lets the person try again', async () => {
  const { store, actions, backend } = await begin({ measuring: 'stands' });
  const { cancelMeasuring } = backend;
  backend.cancelMeasuring = async () => Promise.reject({ code: 'failed', message: 'No.' });
  void actions.measure();
  await actions.cancelMeasuring();
  expect(store.getState().measuring).toMatchObject({ stage: 'running', stopping: false });
  backend.cancelMeasuring = cancelMeasuring;
  await vi.waitFor(() => expect(store.getState().measuring.progress?.done).toBe(5));
  await actions.cancelMeasuring();
  await vi.waitFor(() => expect(store.getState().measuring.stage).toBe('cancelled'));
});
