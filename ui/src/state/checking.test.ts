// A second model checks what is in doubt: when nothing is left to read, and without harm to what was read.
import { expect, test, vi } from 'vitest';
import type { Preferences, RefineProgress } from '../backend';
import { CONTRACTS } from '../backend/fixtureContracts';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';

const SECOND = 'roberta-base-cuad';
const pathOf = (name: string) => CONTRACTS[name]?.path ?? '';

async function begin(change: Parameters<typeof testSetup>[0] = {}, wish: Partial<Preferences> = {}) {
  const setup = testSetup({ launch: ['agreement'], ...change });
  const backend = createFixtureBackend(setup);
  const { preferences } = await backend.preferences();
  await backend.savePreferences({ ...preferences, refineWith: SECOND, ...wish });
  const store = createAppStore();
  const actions = createActions(store, backend);
  const contract = () => activeContract(store.getState());
  const stage = () => contract()?.check?.stage;
  const states = () => contract()?.reading?.findings.flatMap(({ check }) => check?.state ?? []);
  const asked = (command: string) => setup.calls.filter((call) => call.command === command).length;
  await actions.start();
  return { store, actions, backend, contract, stage, states, asked, calls: setup.calls };
}

test('what was read is checked by itself, and the checked reading takes its place', async () => {
  const { stage, states, contract, asked } = await begin();
  await vi.waitFor(() => expect(stage()).toBe('done'));
  expect(states()?.sort()).toEqual(['added', 'confirmed', 'confirmed', 'notConfirmed']);
  expect(contract()).toMatchObject({ stage: 'done', check: { model: SECOND } });
  expect(asked('refine_document')).toBe(1);
});

test('checks are shown as they come, and a stopped checking keeps them', async () => {
  const { store, actions, stage, states, contract, asked } = await begin({ refining: 'stands' });
  await vi.waitFor(() => expect(contract()?.check?.progress?.done).toBe(12));
  expect(states()).toEqual(['confirmed', 'confirmed']);
  actions.stopChecking(contract()?.key ?? 0);
  expect(contract()?.check?.stopping).toBe(true);
  await vi.waitFor(() => expect(stage()).toBe('stopped'));
  expect(states()).toHaveLength(2);
  // It does not begin again by itself, but when it is asked for.
  actions.setPreferences({ theme: 'dark' });
  expect(asked('refine_document')).toBe(1);
  actions.checkAgain(contract()?.key ?? 0);
  await vi.waitFor(() => expect(asked('refine_document')).toBe(2));
  expect(store.getState().toasts).toEqual([]);
});

test('a failure is told and loses nothing', async () => {
  const { store, stage, states, contract } = await begin({ refining: 'fails' });
  await vi.waitFor(() => expect(stage()).toBe('failed'));
  expect(store.getState().toasts[0]).toMatchObject({
    kind: 'bad',
    detail: expect.stringContaining(SECOND) as string,
  });
  expect(contract()?.reading?.findings.length).toBeGreaterThan(30);
  expect(states()).toEqual([]);
});

test('one contract is checked at a time, after all that wait have been read', async () => {
  const { store, calls } = await begin({ launch: ['agreement', 'nda'] });
  const atOnce = new Set<number>();
  store.subscribe(({ contracts }) =>
    atOnce.add(contracts.filter(({ check }) => check?.stage === 'running').length),
  );
  await vi.waitFor(() =>
    expect(store.getState().contracts.map(({ check }) => check?.stage)).toEqual(['done', 'done']),
  );
  expect(Math.max(...atOnce)).toBe(1);
  const order = calls.map(({ command }) => command).filter((command) => /queue_reads|refine/.test(command));
  expect(order).toEqual(['queue_reads', 'queue_reads', 'refine_document', 'refine_document']);
});

test('reading goes before: the checking pauses and begins again', async () => {
  const { store, actions, contract, asked } = await begin({ refining: 'stands' });
  await vi.waitFor(() => expect(contract()?.check?.progress?.done).toBe(12));
  const [first] = store.getState().contracts;
  void actions.add([pathOf('nda')]);
  expect(store.getState().contracts[0]?.check?.stage).toBe('paused');
  await vi.waitFor(() => expect(store.getState().contracts[1]?.stage).toBe('done'));
  await vi.waitFor(() => expect(asked('refine_document')).toBe(2));
  expect(asked('cancel_refining')).toBe(1);
  expect(store.getState().contracts[0]?.reading).toEqual(first?.reading);
});

test('another wish ends the checking, and none follows where the same model reads', async () => {
  const { actions, contract, stage, asked } = await begin({ refining: 'stands' });
  await vi.waitFor(() => expect(contract()?.check?.progress?.done).toBe(12));
  actions.checkWithModel(null);
  expect(contract()?.check).toBeNull();
  await vi.waitFor(() => expect(asked('cancel_refining')).toBe(1));
  actions.checkWithModel(contract()?.reading?.model ?? '');
  await vi.waitFor(() => expect(asked('save_preferences')).toBe(3));
  expect(stage()).toBeUndefined();
  expect(asked('refine_document')).toBe(1);
});

test('a model that is chosen later checks what is open, when the program knows of it', async () => {
  const { actions, contract, stage, calls } = await begin({}, { refineWith: null });
  await vi.waitFor(() => expect(contract()?.stage).toBe('done'));
  expect(contract()?.check).toBeNull();
  actions.checkWithModel(SECOND);
  await vi.waitFor(() => expect(stage()).toBe('done'));
  const order = calls.map(({ command }) => command);
  expect(order.lastIndexOf('save_preferences')).toBeLessThan(order.indexOf('refine_document'));
});

test('what comes after the contract was closed or read again is dropped', async () => {
  const { store, actions, backend, contract } = await begin({ launch: [] });
  const heard: ((progress: RefineProgress) => void)[] = [];
  const ends: (() => void)[] = [];
  const { refineDocument } = backend;
  backend.refineDocument = (id, onProgress) => {
    heard.push(onProgress);
    return new Promise((resolve) => ends.push(() => resolve(refineDocument(id, () => undefined))));
  };
  void actions.add([pathOf('agreement')]);
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  actions.retry(contract()?.key ?? 0);
  await vi.waitFor(() => expect(contract()?.stage).toBe('done'));
  const check = { state: 'confirmed' as const, model: SECOND, confidence: 0.9 };
  heard[0]?.({ done: 1, total: 2, secondsLeft: null, checks: [{ id: 0, check }] });
  expect(contract()?.reading?.findings[0]?.check).toBeNull();
  actions.close(contract()?.key ?? 0);
  ends[0]?.();
  await vi.waitFor(() => expect(store.getState().contracts).toEqual([]));
});

test('the selected finding stays selected under its new number', async () => {
  const { actions, backend, contract, stage } = await begin({ launch: [] });
  const { refineDocument } = backend;
  backend.refineDocument = async (id, onProgress) => {
    actions.select(7, false);
    const reading = await refineDocument(id, onProgress);
    return {
      ...reading,
      findings: reading.findings.map((finding) => ({ ...finding, id: finding.id + 100 })),
    };
  };
  void actions.add([pathOf('agreement')]);
  await vi.waitFor(() => expect(stage()).toBe('done'));
  expect(contract()?.selected).toBe(107);
});
