// The review over the fixture backend: sent in order, shown at once, and true to what the program answers.
import { expect, test, vi } from 'vitest';
import type { ReviewAction } from '../backend';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';
import { sameWords } from './reviewing';

async function begin(change: Parameters<typeof testSetup>[0] = {}) {
  const setup = testSetup({ launch: ['agreement'], ...change });
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  const contract = () => activeContract(store.getState());
  const of = (category: string) => contract()?.reading?.findings.find((one) => one.category === category);
  const sent = () => setup.calls.filter(({ command }) => /review$|^review/.test(command));
  const toast = () => store.getState().toasts.at(-1);
  await actions.start();
  await vi.waitFor(() => expect(contract()?.stage).toBe('done'));
  return { store, actions, backend, contract, of, sent, toast };
}

test('decisions are shown at once, sent in the order of the keys, and go on to the next clause', async () => {
  const { actions, contract, of, sent, toast } = await begin();
  actions.step(1);
  actions.decide('accept');
  expect(of('Document Name')?.review.decision).toBe('accepted');
  actions.decide('reject');
  actions.undo();
  const { selected, reading } = contract() ?? {};
  expect(reading?.findings.find(({ id }) => id === selected)?.category).toBe('Parties');
  await vi.waitFor(() => expect(toast()?.title).toBe('Undone'));
  expect(sent().map(({ command }) => command)).toEqual(['review_document', 'review_document', 'undo_review']);
  expect(of('Document Name')?.review.decision).toBe('accepted');
  expect(of('Parties')?.review.decision).toBe('unreviewed');
  expect(contract()?.reading?.review).toMatchObject({ undo: 'Accept Document Name', redo: 'Reject Parties' });
});

test('what cannot be kept is taken back from the screen and told, and what came after it stands', async () => {
  const { actions, backend, contract, of, toast } = await begin();
  const { review } = backend;
  const refused = (action: ReviewAction) => action.kind === 'reject';
  backend.review = async (id, action) =>
    refused(action) ? Promise.reject({ code: 'failed', message: 'The disk is full.' }) : review(id, action);
  actions.step(1);
  actions.decide('reject');
  actions.saveNote(of('Insurance')?.id ?? -1, 'Ask for it');
  expect(of('Document Name')?.review.decision).toBe('rejected');
  await vi.waitFor(() => expect(toast()).toMatchObject({ kind: 'good', title: 'Insurance: note kept' }));
  expect(of('Document Name')?.review.decision).toBe('unreviewed');
  expect(of('Insurance')?.review.note).toBe('Ask for it');
  expect(contract()?.selected).toBe(of('Document Name')?.id);
});

test('with nothing to undo the program is not asked', async () => {
  const { actions, sent, toast } = await begin();
  actions.undo();
  await vi.waitFor(() => expect(toast()?.title).toBe('There is nothing to undo'));
  expect(sent()).toEqual([]);
});

test('a missing category is confirmed, or its nearest passage becomes its clause', async () => {
  const { actions, contract, of } = await begin();
  actions.visitAbsent('Non-Disparagement', true);
  expect(contract()).toMatchObject({
    absent: 'Non-Disparagement',
    selected: of('Non-Disparagement')?.id,
  });
  actions.decide('accept');
  expect(of('Non-Disparagement')?.review.decision).toBe('accepted');
  expect(contract()?.absent).toBeNull();
  actions.visitAbsent('Source Code Escrow', true);
  expect(contract()?.selected).toBeNull();
  actions.confirmAbsent();
  await vi.waitFor(() => expect(contract()?.reading?.review.undo).toBe('Confirm: no Source Code Escrow'));
  actions.reopenAbsent('Source Code Escrow');
  await vi.waitFor(() => expect(contract()?.reading?.review.confirmedAbsent).toEqual([]));
});

test('the words that are selected become those of a clause, or a clause of their own', async () => {
  const { store, actions, contract, of } = await begin();
  const law = of('Governing Law');
  const insurance = of('Insurance');
  if (!law || !insurance) throw new Error('The fixture lacks clauses.');
  const [first] = law.marks;
  if (!first) throw new Error('The clause has no marks.');
  actions.select(law.id, false);
  actions.startEdit();
  expect(store.getState().mode).toEqual({ kind: 'edit', finding: law.id });
  actions.takeWords();
  expect(store.getState().mode.kind).toBe('edit');
  actions.setSelection([{ page: first.page, rects: [first.rect] }]);
  actions.takeWords();
  await vi.waitFor(() => expect(of('Governing Law')?.review.origin).toBe('edited'));
  expect(law.text.startsWith(of('Governing Law')?.text ?? '?')).toBe(true);

  actions.setSelection([{ page: insurance.page, rects: insurance.marks.map(({ rect }) => rect) }]);
  actions.startAdd();
  actions.addClause('Volume Restriction');
  await vi.waitFor(() => expect(of('Volume Restriction')?.review.origin).toBe('added'));
  expect(of('Volume Restriction')?.text).toBe(insurance.text);
  expect(contract()?.selected).toBe(of('Volume Restriction')?.id);
});

test('the same words are taken for the same, however the browser draws their boxes', () => {
  const mark = { page: 2, rect: [72, 100, 200, 112] as [number, number, number, number] };
  expect(sameWords([{ page: 2, rects: [[72.8, 98, 199.1, 113]] }], [mark])).toBe(true);
  expect(sameWords([{ page: 2, rects: [[72.8, 98, 250, 113]] }], [mark])).toBe(false);
  expect(sameWords([{ page: 3, rects: [mark.rect] }], [mark])).toBe(false);
  expect(sameWords([{ page: 2, rects: [mark.rect, mark.rect] }], [mark])).toBe(false);
});
