// The models that are here: which of them reads, which one checks, and what is done with their files.
import {
  toErrorView,
  type Backend,
  type ModelEntryView,
  type ModelsView,
  type Preferences,
} from '../backend';
import type { AppStore } from './appState';

/** What came out when a model's files were compared with their hashes. */
export interface Verification {
  stage: 'running' | 'sound' | 'failed';
  /** The program's sentence. */
  sentence: string | null;
}

export interface ModelKeeper {
  /** Asks again which models are here. */
  refreshModels(): Promise<void>;
  /** Has a model read contracts from now on. */
  readWithModel(name: string): void;
  /** Has a model check doubtful clauses from now on; null for none. */
  checkWithModel(name: string | null): void;
  verifyModel(name: string): Promise<void>;
  /** Removes a model from the disk, which is put out of use before. */
  removeModel(name: string): Promise<void>;
}

/** The model that reads contracts. */
export function readingModel(models: ModelsView | null): ModelEntryView | null {
  return models?.models.find(({ reads }) => reads) ?? null;
}

/** The model that checks doubtful clauses. */
export function checkingModel(models: ModelsView | null): ModelEntryView | null {
  return models?.models.find(({ refines }) => refines) ?? null;
}

/** The model that answers the person's own questions, if one that reads or checks can. */
export function answeringModel(models: ModelsView | null): ModelEntryView | null {
  return [readingModel(models), checkingModel(models)].find((model) => model?.kind === 'questions') ?? null;
}

export function createModelKeeper(
  store: AppStore,
  backend: Backend,
  on: {
    changePreferences: (change: Partial<Preferences>) => Promise<void>;
    tell: (kind: 'good' | 'bad', title: string, detail: string | null) => void;
  },
): ModelKeeper {
  let newest = 0;

  /** Shows the choice at once; the program says the same when it has answered. */
  function mark(
    change: Partial<Preferences>,
    flags: (model: ModelEntryView) => Partial<ModelEntryView>,
  ): void {
    store.setState(({ models }) => ({
      models: models && {
        ...models,
        models: models.models.map((model) => ({ ...model, ...flags(model) })),
      },
    }));
    void on.changePreferences(change);
  }

  function verified(name: string, verification: Verification): void {
    store.setState(({ verifications }) => ({ verifications: { ...verifications, [name]: verification } }));
  }

  return {
    async refreshModels() {
      const number = (newest += 1);
      try {
        const models = await backend.models();
        if (number === newest) store.setState({ models, modelsFault: null });
      } catch (reason) {
        if (number === newest) store.setState({ modelsFault: toErrorView(reason).message });
      }
    },
    readWithModel(name) {
      const { models, preferences } = store.getState();
      // The one that comes with Proviso stands first, and is meant where none is named.
      const usual = models?.models.find(({ own }) => !own)?.name === name;
      const refineWith = preferences.refineWith === name ? null : preferences.refineWith;
      mark({ model: usual ? null : name, refineWith }, (model) => ({
        reads: model.name === name,
        refines: model.refines && model.name !== name,
      }));
    },
    checkWithModel(name) {
      mark({ refineWith: name }, (model) => ({ refines: model.name === name }));
    },
    async verifyModel(name) {
      if (store.getState().verifications[name]?.stage === 'running') return;
      verified(name, { stage: 'running', sentence: null });
      try {
        verified(name, { stage: 'sound', sentence: await backend.verifyModel(name) });
      } catch (reason) {
        verified(name, { stage: 'failed', sentence: toErrorView(reason).message });
      }
    },
    async removeModel(name) {
      const { model, refineWith } = store.getState().preferences;
      const inUse = model === name || refineWith === name;
      if (inUse)
        await on.changePreferences({
          model: model === name ? null : model,
          refineWith: refineWith === name ? null : refineWith,
        });
      try {
        const models = await backend.removeModel(name);
        newest += 1;
        store.setState({ models, modelsFault: null });
        on.tell('good', 'The model was removed', name);
      } catch (reason) {
        if (inUse) void on.changePreferences({ model, refineWith });
        on.tell('bad', `“${name}” was not removed`, toErrorView(reason).message);
      }
    },
  };
}
