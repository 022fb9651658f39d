// Importing a model: the folder, what it is to be called, and how far it has come. It goes on when the preferences are closed.
import { toErrorView, type Backend, type ImportProgress, type ImportRequest } from '../backend';
import type { AppStore } from './appState';

export interface Importing {
  /** `asked`: a folder is chosen, and the person says how the model is to be stored. */
  stage: 'idle' | 'asked' | 'running' | 'done' | 'cancelled' | 'failed';
  request: ImportRequest | null;
  /** The import goes on with what was interrupted, whose name stays. */
  goesOn: boolean;
  progress: ImportProgress | null;
  /** It was asked to stop and has not done so yet. */
  stopping: boolean;
  /** Why it failed. */
  message: string | null;
}

export const NOT_IMPORTING: Importing = {
  stage: 'idle',
  request: null,
  goesOn: false,
  progress: null,
  stopping: false,
  message: null,
};

export interface Importer {
  /** Lets the person choose the folder of a model; with a name it is that of an import that was interrupted. */
  chooseImport(unfinished?: string): Promise<void>;
  /** Asks again how a model is to be stored whose import failed. */
  askImportAgain(): void;
  startImport(request: ImportRequest): Promise<void>;
  cancelImport(): Promise<void>;
  /** Puts the question, or the message about how it ended, away. */
  putImportAway(): void;
}

/** The name that a model has when it is imported without another one: that of its folder. */
export function importName({ folder, name }: ImportRequest): string {
  return name ?? (folder.split(/[\\/]/).filter(Boolean).at(-1) || folder);
}

export function createImporter(
  store: AppStore,
  backend: Backend,
  on: {
    imported: () => void;
    ended: () => void;
    tell: (kind: 'good' | 'bad', title: string, detail: string | null) => void;
  },
): Importer {
  const change = (to: Partial<Importing>) =>
    store.setState(({ importing }) => ({ importing: { ...importing, ...to } }));
  const running = () => store.getState().importing.stage === 'running';
  const seen = () => store.getState().panel === 'preferences';

  return {
    async chooseImport(unfinished) {
      try {
        const folder = await backend.chooseModelFolder();
        if (folder === null || running()) return;
        const request: ImportRequest = { folder, name: unfinished ?? null, precision: 'auto' };
        change({ ...NOT_IMPORTING, stage: 'asked', request, goesOn: unfinished !== undefined });
      } catch (reason) {
        on.tell('bad', 'The folder could not be chosen', toErrorView(reason).message);
      }
    },
    askImportAgain() {
      if (store.getState().importing.request && !running()) change({ stage: 'asked', message: null });
    },
    async startImport(request) {
      if (running()) return;
      change({ stage: 'running', request, progress: null, stopping: false, message: null });
      try {
        const models = await backend.importModel(request, (progress) => {
          if (running()) change({ progress });
        });
        store.setState({ models, modelsFault: null });
        change({ stage: 'done', progress: null, stopping: false });
        on.imported();
        if (!seen()) on.tell('good', 'The model was imported', importName(request));
      } catch (reason) {
        const { code, message } = toErrorView(reason);
        const cancelled = code === 'cancelled';
        change({
          stage: cancelled ? 'cancelled' : 'failed',
          progress: null,
          stopping: false,
          message: cancelled ? null : message,
        });
        on.ended();
        if (!cancelled && !seen()) on.tell('bad', 'The model could not be imported', message);
      }
    },
    async cancelImport() {
      if (!running()) return;
      change({ stopping: true });
      try {
        await backend.cancelImport();
      } catch (reason) {
        change({ stopping: false });
        on.tell('bad', 'The import could not be stopped', toErrorView(reason).message);
      }
    },
    putImportAway() {
      if (!running()) change(NOT_IMPORTING);
    },
  };
}
