// The matrix over the fixture backend: telling, pinning, accepting, exporting, and going to a clause.
import { expect, test, vi } from 'vitest';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';
import { BETWEEN_TELLINGS } from './matrix';

/** A busy machine reads slowly. */
const PATIENCE = { timeout: 20_000 };
vi.setConfig({ testTimeout: 30_000 });

async function begin(change: Parameters<typeof testSetup>[0] = {}) {
  const setup = testSetup(change);
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  await actions.start();
  actions.showMatrix(true);
  await actions.refreshMatrix();
  const rows = () => store.getState().matrix.view?.rows ?? [];
  return { store, actions, backend, calls: setup.calls, rows, matrix: () => store.getState().matrix };
}

test('what could not be told is told when it is tried again', async () => {
  const { actions, matrix } = await begin({ matrix: { course: 'fails', contracts: 3 } });
  expect(matrix()).toMatchObject({ view: null, fault: expect.stringContaining('disk') as string });
  await actions.refreshMatrix();
  expect(matrix().fault).toBeNull();
  expect(matrix().view?.rows).toHaveLength(3);
});

test('while contracts are read it is told anew from time to time, and not where nobody looks', async () => {
  const { actions, backend, rows } = await begin({ matrix: { course: 'ends', contracts: 3 } });
  const tell = vi.spyOn(backend, 'matrix');
  vi.useFakeTimers();
  try {
    for (let read = 0; read < 10; read += 1) {
      actions.refreshMatrixSoon();
      await vi.advanceTimersByTimeAsync(BETWEEN_TELLINGS / 4);
    }
    expect(tell.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(tell.mock.calls.length).toBeLessThanOrEqual(3);
    expect(rows()).toHaveLength(3);
    tell.mockClear();
    actions.refreshMatrixSoon();
    actions.showMatrix(false);
    await vi.advanceTimersByTimeAsync(2 * BETWEEN_TELLINGS);
    expect(tell).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});

test('what is accepted here shows in a contract that is open', async () => {
  const { store, actions, backend, rows } = await begin({ launch: ['agreement'] });
  await vi.waitFor(() => expect(activeContract(store.getState())?.stage).toBe('done'), PATIENCE);
  const contract = activeContract(store.getState());
  const finding = contract?.reading?.findings[0];
  const sha256 = contract?.document?.sha256 ?? '';
  const answer = await backend.matrix();
  backend.acceptCells = async (cells) => {
    // The fixtures keep the matrix and the reviews apart, which the program does not.
    await backend.review(contract?.document?.id ?? 0, { kind: 'accept', finding: finding?.id ?? 0 });
    expect(cells).toEqual([{ sha256, category: finding?.category }]);
    return answer;
  };
  await actions.acceptCells([{ sha256, category: finding?.category ?? '' }]);
  const shown = activeContract(store.getState())?.reading?.findings.find(({ id }) => id === finding?.id);
  expect(shown?.review.decision).toBe('accepted');
  expect(rows()).toHaveLength(answer.rows.length);
});

test('sorting by the same column again turns the order round', async () => {
  const { actions, matrix } = await begin();
  actions.sortMatrix('category', 'Insurance');
  expect(matrix().sort).toEqual({ by: 'category', category: 'Insurance', descending: false });
  actions.sortMatrix('category', 'Insurance');
  expect(matrix().sort.descending).toBe(true);
  actions.sortMatrix('category', 'Parties');
  expect(matrix().sort.descending).toBe(false);
  actions.sortMatrix('pages');
  expect(matrix().sort).toEqual({ by: 'pages', category: null, descending: true });
});

test('a pin goes in and out, a fourth category finds no room, and what is hidden loses its pin', async () => {
  const { store, actions, matrix } = await begin();
  for (const name of ['Parties', 'Insurance', 'Governing Law', 'Audit Rights'])
    actions.pin('categories', name);
  expect(matrix().shelf.pinnedCategories).toEqual(['Parties', 'Insurance', 'Governing Law']);
  expect(store.getState().toasts.at(-1)?.title).toBe('3 categories are pinned already');
  actions.pin('categories', 'Insurance');
  actions.hide('categories', 'Parties');
  expect(matrix().shelf).toMatchObject({
    pinnedCategories: ['Governing Law'],
    hiddenCategories: ['Parties'],
  });
  actions.hide('categories', 'Parties');
  expect(matrix().shelf.hiddenCategories).toEqual([]);
});

test('accepting says how much it was, and selects nothing any more', async () => {
  const { store, actions, rows, matrix } = await begin();
  const [first, second] = rows();
  const cells = [first, second].map((row) => ({ sha256: row?.sha256 ?? '', category: 'Governing Law' }));
  actions.changeMatrix({ selection: new Map([[cells[0]?.sha256 ?? '', new Set(['Governing Law'])]]) });
  await actions.acceptCells(cells);
  expect(matrix().selection.size).toBe(0);
  expect(store.getState().toasts.at(-1)).toMatchObject({
    kind: 'good',
    title: 'Accepted 2 cells',
    detail: 'In 2 contracts.',
  });
  const law = matrix().view?.categories.indexOf('Governing Law') ?? -1;
  expect(rows()[0]?.cells[law]?.state).toBe('accepted');
});

test('that there is none is confirmed only where nothing was found', async () => {
  const { store, actions, rows, matrix } = await begin();
  const row = rows()[0];
  const at = row?.cells.findIndex(({ state }) => state === 'missing') ?? -1;
  const missing = { sha256: row?.sha256 ?? '', category: matrix().view?.categories[at] ?? '' };
  await actions.confirmAbsentCells([missing]);
  expect(rows()[0]?.cells[at]?.state).toBe('absent');
  expect(store.getState().toasts.at(-1)).toMatchObject({
    kind: 'good',
    title: 'Confirmed that there is none in 1 cell',
    detail: 'In 1 contract.',
  });
  const law = matrix().view?.categories.indexOf('Governing Law') ?? -1;
  await actions.confirmAbsentCells([{ ...missing, category: 'Governing Law' }]);
  expect(rows()[0]?.cells[law]?.state).toBe('unreviewed');
});

test('cells that still wait for a decision afterwards are told', async () => {
  const { store, actions, backend, rows, matrix } = await begin();
  const unchanged = matrix().view;
  if (unchanged) backend.acceptCells = async () => unchanged;
  await actions.acceptCells([{ sha256: rows()[0]?.sha256 ?? '', category: 'Governing Law' }]);
  expect(store.getState().toasts.at(-1)?.detail).toBe(
    'In 1 contract. 1 cell of them still wait for a decision.',
  );
});

test('an acceptance that fails says so and leaves everything as it was', async () => {
  const { store, actions, backend, matrix } = await begin();
  const before = matrix().view;
  backend.acceptCells = async () => Promise.reject({ code: 'failed', message: 'The disk is full.' });
  await actions.acceptCells([{ sha256: 'x', category: 'Parties' }]);
  expect(store.getState().toasts.at(-1)).toMatchObject({ kind: 'bad', detail: 'The disk is full.' });
  expect(matrix()).toMatchObject({ view: before, busy: false });
});

test('an export hands over rows and columns in their order; one that was cancelled says nothing', async () => {
  const { store, actions, backend, calls } = await begin();
  await actions.exportMatrix(['b', 'a'], ['Parties']);
  expect(calls.at(-1)).toEqual({
    command: 'export_matrix',
    args: { sha256s: ['b', 'a'], categories: ['Parties'] },
  });
  expect(store.getState().toasts.at(-1)?.title).toBe('Exported 2 contracts');
  backend.exportMatrix = async () => null;
  await actions.exportMatrix(['a'], ['Parties']);
  expect(store.getState().toasts).toHaveLength(1);
});

test('a cell opens its contract and selects the first clause as soon as it is read', async () => {
  const { store, actions, rows, matrix } = await begin();
  const [agreement] = rows();
  if (!agreement) throw new Error('There is no contract.');
  void actions.openCell(agreement, 'Audit Rights');
  expect(matrix().open).toBe(false);
  expect(activeContract(store.getState())?.selected ?? null).toBeNull();
  await vi.waitFor(() => expect(activeContract(store.getState())?.selected).toBeGreaterThan(-1), PATIENCE);
  const { reading, selected } = activeContract(store.getState()) ?? {};
  const clause = reading?.findings.find(({ id }) => id === selected);
  const others = reading?.findings.filter(({ category }) => category === 'Audit Rights') ?? [];
  expect(clause?.category).toBe('Audit Rights');
  expect(clause?.start).toBe(Math.min(...others.map(({ start }) => start)));
  expect(store.getState().jump).toEqual({ kind: 'finding', id: selected });
  // It is read now: the next one is gone to at once.
  await actions.openCell(agreement, 'Insurance');
  const next = activeContract(store.getState());
  expect(next?.reading?.findings.find(({ id }) => id === next.selected)?.category).toBe('Insurance');
});

test('who goes elsewhere before the contract is read is not led back', async () => {
  const { store, actions, rows } = await begin();
  const [agreement, nda] = rows();
  if (!agreement || !nda) throw new Error('There are no contracts.');
  void actions.openCell(agreement, 'Audit Rights');
  void actions.openCell(nda, null);
  await vi.waitFor(
    () => expect(store.getState().contracts.map(({ stage }) => stage)).toEqual(['done', 'done']),
    PATIENCE,
  );
  expect(store.getState().contracts.map(({ selected }) => selected)).toEqual([null, null]);
  expect(activeContract(store.getState())?.path).toBe(nda.path);
});
