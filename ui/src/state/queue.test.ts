// Contracts on their way through the queue, over the fixture backend.
import { expect, test, vi } from 'vitest';
import { CONTRACTS } from '../backend/fixtureContracts';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';
import { shareRead, statusOf } from './contract';
import { MOST_OPEN } from './queue';

const pathOf = (name: string) => CONTRACTS[name]?.path ?? '';
const pathsOf = (...names: string[]) => names.map(pathOf);

/** A busy machine reads slowly. */
const PATIENCE = { timeout: 20_000 };
vi.setConfig({ testTimeout: 30_000 });

async function begin(change: Parameters<typeof testSetup>[0] = {}) {
  const setup = testSetup(change);
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  await actions.start();
  const contracts = () => store.getState().contracts;
  const until = (...stages: string[]) =>
    vi.waitFor(() => expect(contracts().map(({ stage }) => stage)).toEqual(stages), PATIENCE);
  const keys = () => contracts().map(({ key }) => key);
  const read = () =>
    setup.calls.flatMap(({ command, args }) =>
      command === 'queue_reads' ? (args as { path: string }).path : [],
    );
  const names = () => contracts().map(({ fileName }) => fileName);
  return { store, actions, backend, contracts, until, keys, read, names, calls: setup.calls };
}

const first = (keys: number[]) => keys[0] ?? 0;

test('opens and reads what it was started with', async () => {
  const { store, until } = await begin({ launch: ['agreement'] });
  await until('done');
  const contract = activeContract(store.getState());
  expect(contract?.reading?.findings.length).toBeGreaterThan(30);
  expect(contract?.document?.warnings[0]?.page).toBe(7);
});

test('reads one after another, and a failure ends its own contract only', async () => {
  const { store, actions, contracts, until } = await begin();
  const seen = new Set<number>();
  store.subscribe((state) => seen.add(state.contracts.filter(({ turn }) => turn === 'reading').length));
  await actions.add(pathsOf('nda', 'broken', 'unreadable', 'agreement'));
  await until('done', 'openFailed', 'readFailed', 'done');
  expect(Math.max(...seen)).toBe(1);
  const failed = contracts()[1];
  expect(failed?.message).toContain('Side letter.pdf');
  expect(failed && statusOf(failed)).toBe('failed');
  expect(store.getState().queue).toMatchObject({ total: 4, done: 2, failed: 2, waiting: 0 });
});

test('the contract in view is read before the others', async () => {
  const { actions, until, keys, read } = await begin();
  await actions.add(pathsOf('slow', 'nda', 'agreement'));
  await until('reading', 'waiting', 'waiting');
  const [slow = 0, , last = 0] = keys();
  actions.activate(last);
  actions.cancel(slow);
  await until('cancelled', 'done', 'done');
  expect(read()).toEqual(pathsOf('slow', 'agreement', 'nda'));
});

test('a cancelled reading can be taken up again where it was', async () => {
  const { store, actions, until, keys } = await begin();
  await actions.add(pathsOf('slow'));
  await vi.waitFor(() => {
    const contract = activeContract(store.getState());
    expect(contract && shareRead(contract)).toBeGreaterThan(0.1);
  }, PATIENCE);
  actions.cancel(first(keys()));
  await until('cancelled');
  actions.retry(first(keys()));
  await until('reading');
});

test('a pause interrupts what is read and resuming goes on with it', async () => {
  const { store, actions, until } = await begin();
  await actions.add(pathsOf('slow', 'nda'));
  await vi.waitFor(() => expect(activeContract(store.getState())?.progress?.windowsDone).toBe(17), PATIENCE);
  actions.pause(true);
  await until('waiting', 'waiting');
  expect(store.getState().queue.paused).toBe(true);
  actions.pause(false);
  await vi.waitFor(() => expect(activeContract(store.getState())?.progress?.windowsDone).toBe(17), PATIENCE);
});

test('contracts that wait are moved, and those that failed are tried again together', async () => {
  const { actions, until, keys, names } = await begin({ queue: { waiting: 3, paused: true } });
  const [, , third = 0] = keys();
  actions.move(third, 'front');
  await vi.waitFor(() => expect(names()[0]).toBe('Contract 0003.pdf'));
  actions.move(third, 'later');
  await vi.waitFor(() => expect(names().map((name) => name.slice(12, 13))).toEqual(['1', '3', '2']));
  for (const key of keys()) actions.close(key);
  await until();
  await actions.add(pathsOf('broken', 'unreadable'));
  actions.pause(false);
  await until('openFailed', 'readFailed');
  actions.pause(true);
  actions.retryFailed();
  await until('waiting', 'waiting');
});

test('a password is asked for, refused and accepted', async () => {
  const { store, actions, until, keys } = await begin();
  await actions.add(pathsOf('locked'));
  await until('locked');
  expect(activeContract(store.getState())?.refused).toBe(false);
  actions.unlock(first(keys()), 'wrong');
  await vi.waitFor(() => expect(activeContract(store.getState())?.refused).toBe(true));
  actions.unlock(first(keys()), 'sesame');
  await until('done');
  expect(activeContract(store.getState())?.reading).not.toBeNull();
});

test('a path that is in the queue is shown, not added twice', async () => {
  const { store, actions, until, keys } = await begin();
  await actions.add(pathsOf('nda', 'agreement'));
  await until('done', 'done');
  actions.activate(keys()[1] ?? 0);
  await actions.add(pathsOf('nda'));
  expect(keys()).toHaveLength(2);
  expect(store.getState().activeKey).toBe(keys()[0]);
});

test('closing shows the neighbour and tells the backend', async () => {
  const { store, actions, until, keys, calls } = await begin();
  await actions.add(pathsOf('slow', 'nda'));
  await until('reading', 'waiting');
  await vi.waitFor(() => expect(activeContract(store.getState())?.document).not.toBeNull());
  actions.close(first(keys()));
  await until('done');
  expect(store.getState().activeKey).toBe(first(keys()));
  await vi.waitFor(() => expect(calls.map(({ command }) => command)).toContain('close_document'));
});

test('of many contracts few are open, and one that was closed for room is opened again', async () => {
  const { actions, contracts, keys, store } = await begin({ queue: { waiting: 10, paused: false } });
  await vi.waitFor(() => expect(store.getState().queue.done).toBe(10), PATIENCE);
  const open = () => contracts().filter(({ document }) => document !== null);
  for (const key of [...keys(), first(keys())]) {
    actions.activate(key);
    await vi.waitFor(() => expect(activeContract(store.getState())?.reading).toBeTruthy(), PATIENCE);
    expect(open().length).toBeLessThanOrEqual(MOST_OPEN);
  }
  expect(open().every(({ reading }) => reading !== null)).toBe(true);
});

test('a contract whose reading is not known is read again, and opened anew if that does not help', async () => {
  const { store, actions, backend, until, keys, read } = await begin();
  const known = backend.knownReading;
  let unknown = 2;
  backend.knownReading = async (id) => ((unknown -= 1) >= 0 ? null : known(id));
  await actions.add(pathsOf('nda'));
  await vi.waitFor(() => expect(activeContract(store.getState())?.reading).toBeTruthy(), PATIENCE);
  await until('done');
  expect(read()).toEqual(pathsOf('nda', 'nda'));
  expect(activeContract(store.getState())).toMatchObject({ key: first(keys()), document: { id: 2 } });
});

test('what cannot be kept is said', async () => {
  const { store, actions, backend } = await begin();
  backend.changeQueue = async () => Promise.reject({ code: 'failed', message: 'The disk is full.' });
  actions.pause(true);
  await vi.waitFor(() => expect(store.getState().toasts[0]?.detail).toBe('The disk is full.'));
  expect(store.getState().queue.paused).toBe(false);
});

test('at the start the contract is shown that was in view', async () => {
  const { store, actions, backend, keys } = await begin({ queue: { waiting: 3, paused: true } });
  actions.activate(keys()[1] ?? 0);
  const again = createAppStore();
  await createActions(again, backend).start();
  expect(again.getState().activeKey).toBe(store.getState().activeKey);
  expect(again.getState().contracts).toHaveLength(3);
});
