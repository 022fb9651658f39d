// What runs here is asked at the right moments, and answers that are overtaken are dropped.
import { expect, test, vi } from 'vitest';
import type { RunningView } from '../backend';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';

async function begin(change: Parameters<typeof testSetup>[0] = {}) {
  const setup = testSetup({ launch: ['agreement'], ...change });
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  await actions.start();
  if (setup.launch.length > 0) {
    await vi.waitFor(() => expect(activeContract(store.getState())?.stage).toBe('done'));
  }
  const asked = () => setup.calls.filter(({ command }) => command === 'running').map(({ args }) => args);
  return { store, actions, backend, calls: setup.calls, asked };
}

test('it is asked when the preferences are opened, for the contract in view', async () => {
  const { store, actions, asked } = await begin();
  expect(asked()).toEqual([]);
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(store.getState().running?.contract).toMatch(/^Northwind/));
  await vi.waitFor(() => expect(store.getState().measurements?.curves).toHaveLength(4));
  expect(asked()).toEqual([{ id: 1 }]);
});

test('it is asked for a contract of usual size where none is open, and again when one comes', async () => {
  const { store, actions, asked } = await begin({ launch: [], choose: ['nda'] });
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(store.getState().running?.pages).toBe(50));
  await actions.choose();
  await vi.waitFor(() => expect(store.getState().running?.contract).toBe('Arden Mutual NDA.pdf'));
  expect(asked()).toEqual([{ id: null }, { id: 1 }]);
});

test('several changes within a moment are asked about once, after they are saved', async () => {
  const { store, actions, calls, asked } = await begin();
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(store.getState().running).not.toBeNull());
  actions.setPreferences({ precision: 'int4' });
  actions.setPreferences({ precision: 'f32' });
  await vi.waitFor(() =>
    expect(store.getState().running?.plan.reasons[1]?.text).toBe('32-bit floating point, as you chose.'),
  );
  expect(asked()).toHaveLength(2);
  const order = calls.map(({ command }) => command);
  expect(order.lastIndexOf('save_preferences')).toBeLessThan(order.lastIndexOf('running'));
});

test('an answer that comes after a newer question is dropped', async () => {
  const { store, actions, backend } = await begin();
  const answers: ((view: RunningView) => void)[] = [];
  const view = await backend.running(null);
  backend.running = () => new Promise((answer) => answers.push(answer));
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  actions.refreshRunning();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.({ ...view, pages: 2 });
  answers[0]?.({ ...view, pages: 1 });
  await vi.waitFor(() => expect(store.getState().running?.pages).toBe(2));
  await new Promise((later) => setTimeout(later, 10));
  expect(store.getState().running?.pages).toBe(2);
});

test('a failure is told, and mended by asking again', async () => {
  const { store, actions, backend } = await begin();
  const { running } = backend;
  backend.running = async () => Promise.reject({ code: 'failed', message: 'The model is missing.' });
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(store.getState().runningFault).toBe('The model is missing.'));
  backend.running = running;
  actions.refreshRunning();
  await vi.waitFor(() =>
    expect(store.getState()).toMatchObject({ runningFault: null, running: { pages: 7 } }),
  );
});
