// Importing a model from the choice of its folder to each of its ends.
import { expect, test, vi } from 'vitest';
import type { ImportRequest } from '../backend';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { createAppStore } from './appState';
import { importName } from './importing';

async function begin(change: Parameters<typeof testSetup>[0] = {}) {
  const setup = testSetup(change);
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  await actions.start();
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(store.getState().models).not.toBeNull());
  const importing = () => store.getState().importing;
  const request = (): ImportRequest => importing().request ?? { folder: '', name: null, precision: 'auto' };
  return { store, actions, backend, importing, request, calls: setup.calls };
}

test('a folder is chosen, and the model stands in the list when it is imported', async () => {
  const { store, actions, importing, request, calls } = await begin();
  await actions.chooseImport();
  expect(importing()).toMatchObject({ stage: 'asked', goesOn: false });
  expect(importName(request())).toBe('roberta-large-cuad');
  const done: number[] = [];
  store.subscribe((state) => {
    if (state.importing.progress) done.push(state.importing.progress.bytesDone);
  });
  await actions.startImport({ ...request(), precision: 'f16' });
  expect(importing()).toMatchObject({ stage: 'done', progress: null });
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(store.getState().models?.models.at(-1)).toMatchObject({
    name: 'roberta-large-cuad',
    precision: 'f16',
  });
  expect(store.getState().toasts).toEqual([]);
  expect(calls.find(({ command }) => command === 'import_model')?.args).toMatchObject({
    request: { name: null, precision: 'f16' },
  });
});

test('where nothing is chosen, nothing is asked', async () => {
  const { actions, backend, importing } = await begin();
  backend.chooseModelFolder = async () => null;
  await actions.chooseImport();
  expect(importing().stage).toBe('idle');
});

test('a cancelled import says so and is offered to be continued', async () => {
  const { store, actions, importing, request } = await begin({ importing: 'stands' });
  await actions.chooseImport();
  void actions.startImport(request());
  await vi.waitFor(() => expect(importing().progress?.doing).toContain('Layer 9'));
  void actions.startImport(request());
  void actions.cancelImport();
  expect(importing().stopping).toBe(true);
  await vi.waitFor(() => expect(importing().stage).toBe('cancelled'));
  await vi.waitFor(() => expect(store.getState().models?.unfinished).toBe('roberta-large-cuad'));
  await actions.chooseImport('roberta-large-cuad');
  expect(importing()).toMatchObject({
    stage: 'asked',
    goesOn: true,
    request: { name: 'roberta-large-cuad' },
  });
});

test('a failure keeps its sentence, and what was asked for', async () => {
  const { store, actions, importing, request } = await begin({ importing: 'fails' });
  await actions.chooseImport();
  await actions.startImport({ ...request(), name: 'large' });
  expect(importing()).toMatchObject({ stage: 'failed', request: { name: 'large' } });
  expect(importing().message).toContain('model-00002-of-00003.safetensors');
  actions.askImportAgain();
  expect(importing()).toMatchObject({ stage: 'asked', request: { name: 'large' }, message: null });
  actions.putImportAway();
  expect(importing().request).toBeNull();
  expect(store.getState().toasts).toEqual([]);
});

test('how it ended is told where nobody looks', async () => {
  const { store, actions, request } = await begin({ importing: 'fails' });
  await actions.chooseImport();
  actions.showPanel('none');
  await actions.startImport(request());
  expect(store.getState().toasts[0]).toMatchObject({ kind: 'bad', title: 'The model could not be imported' });
});

test('names come from the folder, however it is written', () => {
  const named = (folder: string, name: string | null = null) =>
    importName({ folder, name, precision: 'auto' });
  expect([named('C:\\Models\\large\\'), named('/models/base'), named('/models/base', 'mine')]).toEqual([
    'large',
    'base',
    'mine',
  ]);
});
