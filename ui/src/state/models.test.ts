// Choosing, verifying and removing models, and what the choice means for what has been read.
import { expect, test, vi } from 'vitest';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createActions } from './actions';
import { activeContract, createAppStore } from './appState';
import { answeringModel, checkingModel, readingModel } from './models';
import { readOtherwise } from './wishes';

const ROBERTA = 'roberta-base-cuad';
const BUNDLED = 'Proviso CUAD Base';

async function begin(change: Parameters<typeof testSetup>[0] = {}) {
  const setup = testSetup({ launch: ['agreement'], ...change });
  const backend = createFixtureBackend(setup);
  const store = createAppStore();
  const actions = createActions(store, backend);
  await actions.start();
  await vi.waitFor(() => expect(activeContract(store.getState())?.stage).toBe('done'));
  actions.showPanel('preferences');
  await vi.waitFor(() => expect(store.getState().models).not.toBeNull());
  const other = () => {
    const { contracts, preferences, models } = store.getState();
    return readOtherwise(contracts, preferences, models).length;
  };
  return { store, actions, backend, other, calls: setup.calls };
}

test('another model reads at once, is told of, and what was read is offered anew', async () => {
  const { store, actions, other } = await begin();
  expect(readingModel(store.getState().models)?.name).toBe(BUNDLED);
  actions.readWithModel(ROBERTA);
  expect(readingModel(store.getState().models)?.name).toBe(ROBERTA);
  expect(store.getState().preferences.model).toBe(ROBERTA);
  await vi.waitFor(() => expect(store.getState().info?.model.name).toBe(ROBERTA));
  expect(other()).toBe(1);
  actions.readWithModel(BUNDLED);
  expect(store.getState().preferences.model).toBeNull();
  expect(other()).toBe(0);
});

test('the model that reads does not check itself', async () => {
  const { store, actions } = await begin();
  actions.checkWithModel(ROBERTA);
  expect(checkingModel(store.getState().models)?.name).toBe(ROBERTA);
  expect(answeringModel(store.getState().models)?.name).toBe(ROBERTA);
  actions.readWithModel(ROBERTA);
  expect(store.getState().preferences).toMatchObject({ model: ROBERTA, refineWith: null });
  expect(checkingModel(store.getState().models)).toBeNull();
});

test('own questions and screening count only where a model reads or checks that answers questions', async () => {
  const { store, actions, other } = await begin();
  const questions = [{ name: 'Deposit', question: 'Is there a deposit?' }];
  actions.setPreferences({ questions, screening: false });
  expect(other()).toBe(0);
  await vi.waitFor(() => expect(store.getState().info?.groups.at(-1)?.title).toBe('Your own questions'));
  actions.readWithModel(ROBERTA);
  actions.readAgain();
  await vi.waitFor(() => expect(activeContract(store.getState())?.stage).toBe('done'));
  expect(other()).toBe(0);
  actions.setPreferences({ questions: [] });
  expect(other()).toBe(1);
  actions.readWithModel(BUNDLED);
  actions.readAgain();
  await vi.waitFor(() => expect(activeContract(store.getState())?.stage).toBe('done'));
  actions.checkWithModel(ROBERTA);
  expect(other()).toBe(0);
  actions.setPreferences({ questions });
  expect(other()).toBe(1);
});

test('what the program is, is asked again only where it has changed', async () => {
  const { store, actions, backend } = await begin();
  const appInfo = vi.spyOn(backend, 'appInfo');
  actions.setPreferences({ theme: 'dark' });
  await vi.waitFor(async () => expect((await backend.preferences()).preferences.theme).toBe('dark'));
  expect(appInfo).not.toHaveBeenCalled();
  actions.readWithModel(ROBERTA);
  await vi.waitFor(() => expect(store.getState().info?.model.name).toBe(ROBERTA));
  expect(appInfo).toHaveBeenCalledTimes(1);
});

test('files are compared, and both outcomes are kept', async () => {
  const { store, actions } = await begin();
  await Promise.all([actions.verifyModel(ROBERTA), actions.verifyModel('house-style-2023')]);
  expect(store.getState().verifications).toMatchObject({
    [ROBERTA]: { stage: 'sound' },
    'house-style-2023': { stage: 'failed', sentence: expect.stringContaining('layer-07.bin') as string },
  });
});

test('a model in use is put out of use before it is removed', async () => {
  const { store, actions, calls } = await begin();
  actions.readWithModel(ROBERTA);
  await actions.removeModel(ROBERTA);
  expect(store.getState().preferences.model).toBeNull();
  expect(readingModel(store.getState().models)?.name).toBe(BUNDLED);
  expect(store.getState().models?.models.map(({ name }) => name)).not.toContain(ROBERTA);
  const order = calls.map(({ command }) => command);
  expect(order.lastIndexOf('save_preferences')).toBeLessThan(order.indexOf('remove_model'));
});

test('a removal that is refused says why and leaves the choice', async () => {
  const { store, actions, backend } = await begin();
  actions.readWithModel(ROBERTA);
  backend.removeModel = async () => Promise.reject({ code: 'failed', message: 'The folder is in use.' });
  await actions.removeModel(ROBERTA);
  expect(store.getState().preferences.model).toBe(ROBERTA);
  expect(store.getState().toasts[0]).toMatchObject({ kind: 'bad', detail: 'The folder is in use.' });
});

test('a list that cannot be had says why', async () => {
  const { store, actions, backend } = await begin();
  backend.models = async () => Promise.reject({ code: 'failed', message: 'The folder cannot be read.' });
  await actions.refreshModels();
  expect(store.getState().modelsFault).toBe('The folder cannot be read.');
});
