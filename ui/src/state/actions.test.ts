// What a person does, over the fixture backend.
import { expect, test, vi } from 'vitest';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';
import { readOtherwise } from './wishes';

async function begin() {
  const setup = testSetup({ launch: ['agreement'], choose: ['nda'] });
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  await actions.start();
  await vi.waitFor(() => expect(activeContract(store.getState())?.reading).toBeTruthy());
  return { store, actions, backend, calls: setup.calls };
}

test('stepping selects the findings in order and goes to them', async () => {
  const { store, actions } = await begin();
  actions.step(1);
  const first = activeContract(store.getState())?.selected;
  expect(store.getState().jump).toEqual({ kind: 'finding', id: first });
  actions.step(1);
  expect(activeContract(store.getState())?.selected).not.toBe(first);
  actions.step(-1);
  expect(activeContract(store.getState())?.selected).toBe(first);
});

test('stepping keeps to what the filter shows', async () => {
  const { store, actions } = await begin();
  actions.setFilter('governing law');
  actions.step(1);
  const { selected, reading } = activeContract(store.getState()) ?? {};
  expect(reading?.findings.find(({ id }) => id === selected)?.category).toBe('Governing Law');
});

test('what is selected on the pages is known until another contract is shown', async () => {
  const { store, actions } = await begin();
  const selection = [{ page: 2, rects: [[72, 700, 300, 712]] as [number, number, number, number][] }];
  actions.setSelection(selection);
  expect(store.getState().selection).toEqual(selection);
  actions.activate(store.getState().activeKey ?? 0);
  expect(store.getState().selection).toBeNull();
});

test('an export reports where the table lies and how many rows it has', async () => {
  const { store, actions, calls } = await begin();
  await actions.exportContract('cuad');
  expect(calls.at(-1)).toEqual({ command: 'export_contract', args: { id: 1, format: 'cuad' } });
  const [toast] = store.getState().toasts;
  expect(toast).toMatchObject({ kind: 'good', title: 'Exported 1 row' });
  expect(toast?.detail).toMatch(/\(CUAD\)\.csv$/);
});

test('a cancelled save dialog says nothing, a failed export does', async () => {
  const { store, actions, backend } = await begin();
  backend.exportContract = async () => null;
  await actions.exportContract('findings');
  expect(store.getState().toasts).toEqual([]);
  backend.exportContract = async () => Promise.reject({ code: 'failed', message: 'The disk is full.' });
  await actions.exportContract('findings');
  expect(store.getState().toasts[0]).toMatchObject({ kind: 'bad', detail: 'The disk is full.' });
  expect(store.getState().exporting).toBe(false);
});

test('preferences are in force at once and saved, the newest last', async () => {
  const { store, actions, backend } = await begin();
  for (const threshold of [0.1, 0.2, 0.3]) actions.setPreferences({ thresholds: { Insurance: threshold } });
  expect(store.getState().preferences.thresholds).toEqual({ Insurance: 0.3 });
  await vi.waitFor(async () => {
    const { preferences } = await backend.preferences();
    expect(preferences.thresholds).toEqual({ Insurance: 0.3 });
  });
});

test('contracts that were read with other preferences are read again, the others not', async () => {
  const { store, actions, calls } = await begin();
  const read = () => store.getState().contracts.filter(({ stage, reading }) => stage === 'done' && reading);
  await actions.choose();
  await vi.waitFor(() => expect(read()).toHaveLength(2));
  actions.readAgain();
  expect(store.getState().contracts.map(({ stage }) => stage)).toEqual(['done', 'done']);
  actions.setPreferences({ precision: 'f32', memoryBudgetMb: 512 });
  actions.readAgain();
  await vi.waitFor(() => {
    expect(calls.filter(({ command }) => command === 'queue_reads')).toHaveLength(4);
    expect(read()).toHaveLength(2);
  });
  const { contracts, preferences, models } = store.getState();
  expect(readOtherwise(contracts, preferences, models)).toEqual([]);
});

test('a folder is added as a whole, and an empty one is said to be', async () => {
  const { store, actions, backend } = await begin();
  await actions.chooseFolder();
  await vi.waitFor(() => expect(store.getState().contracts).toHaveLength(6));
  backend.chooseFolder = async () => null;
  await actions.chooseFolder();
  expect(store.getState().toasts).toEqual([]);
  backend.chooseFolder = async () => [];
  await actions.chooseFolder();
  expect(store.getState().toasts[0]?.detail).toBe('The folder holds no PDF.');
});

test('a start that fails says why', async () => {
  const backend = createFixtureBackend(testSetup());
  backend.appInfo = async () => Promise.reject({ code: 'failed', message: 'The model is missing.' });
  const store = createAppStore();
  await createActions(store, backend).start();
  expect(store.getState()).toMatchObject({ phase: 'broken', fault: 'The model is missing.' });
});

test('contracts that cannot be opened at the start do not keep the window shut', async () => {
  const backend = createFixtureBackend(testSetup());
  backend.launchDocuments = async () => Promise.reject({ code: 'failed', message: 'No such folder.' });
  const store = createAppStore();
  await createActions(store, backend).start();
  expect(store.getState()).toMatchObject({ phase: 'ready', toasts: [{ detail: 'No such folder.' }] });
});
