// The models that the fixtures pretend to have, and what is done with them.
import type { FixtureMachine } from './fixtureMachine';
import type {
  AppInfo,
  DialView,
  ErrorView,
  GroupView,
  ImportProgress,
  ImportRequest,
  ModelEntryView,
  ModelView,
  ModelsView,
  Preferences,
} from './types';

/** `?models=` in the address: several, the one that comes with Proviso alone, or an import that was interrupted. */
export type ModelsSetup = 'several' | 'bundled' | 'unfinished';

type FixtureModel = Omit<ModelEntryView, 'reads' | 'refines'>;

export const BUNDLED: FixtureModel = {
  name: 'Proviso CUAD Base',
  description: 'Reads English commercial contracts.',
  kind: 'tagger',
  parameters: 82_000_000,
  precision: 'int8',
  megabytes: 66,
  own: false,
  aupr: 0.638,
  weightedF1: 0.654,
  seconds: 2.6,
  running: 'On the processor, held in memory as a whole.',
  fault: null,
};

export const ROBERTA: FixtureModel = {
  name: 'roberta-base-cuad',
  description: 'RoBERTa base, trained on CUAD to answer its 41 questions.',
  kind: 'questions',
  parameters: 124_000_000,
  precision: 'int8',
  megabytes: 168,
  own: true,
  aupr: 0.427,
  weightedF1: 0.571,
  seconds: 222,
  running: 'On the processor, held in memory as a whole.',
  fault: null,
};

const DEBERTA: FixtureModel = {
  name: 'deberta-v2-xlarge-cuad',
  description: 'DeBERTa xlarge, trained on CUAD to answer its 41 questions.',
  kind: 'questions',
  parameters: 886_000_000,
  precision: 'f16',
  megabytes: 1774,
  own: true,
  aupr: 0.478,
  weightedF1: null,
  seconds: 2940,
  running:
    'On the processor; 18 of its 48 layers are kept in memory, and 30 are read from the disk each time.',
  fault: null,
};

const DAMAGED: FixtureModel = {
  name: 'house-style-2023',
  description: 'A tagger that was trained on contracts of the firm.',
  kind: 'tagger',
  parameters: 110_000_000,
  precision: 'f16',
  megabytes: 221,
  own: true,
  aupr: null,
  weightedF1: null,
  seconds: null,
  running: null,
  fault: 'Its file “layer-07.bin” has changed since it was imported. Remove the model and import it again.',
};

const SETUPS: Record<ModelsSetup, { models: FixtureModel[]; unfinished: string | null }> = {
  several: { models: [BUNDLED, ROBERTA, DEBERTA, DAMAGED], unfinished: null },
  bundled: { models: [BUNDLED], unfinished: null },
  unfinished: { models: [BUNDLED, ROBERTA], unfinished: 'roberta-large-cuad' },
};

/** The folder that the pretended dialog answers with. */
export const MODEL_FOLDER = '/home/lawyer/Models/roberta-large-cuad';
const IMPORT_BYTES = 1_421_000_000;
/** Where an import that waits stands still: this many of its steps are done. */
const IMPORT_STOP = 6;
const IMPORT_STEPS = 16;

export function failure(code: ErrorView['code'], message: string): ErrorView {
  return { code, message };
}

interface ModelRoom {
  list(wish: Preferences): ModelsView;
  reading(wish: Preferences): FixtureModel;
  /** The model that answers the person's own questions, if one is chosen. */
  answering(wish: Preferences): FixtureModel | null;
  refining(wish: Preferences): FixtureModel | null;
  import(request: ImportRequest, onProgress: (progress: ImportProgress) => void): Promise<void>;
  cancel(): void;
  verify(name: string): string;
  remove(name: string): void;
}

export function createModelRoom(
  setup: { models: ModelsSetup; importing: 'ends' | 'stands' | 'fails' },
  sleep: (milliseconds: number) => Promise<void>,
): ModelRoom {
  let { models, unfinished } = SETUPS[setup.models];
  let cancelImport: (() => void) | null = null;
  const find = (name: string): FixtureModel => {
    const found = models.find((model) => model.name === name);
    if (!found) throw failure('failed', `There is no model “${name}”.`);
    return found;
  };
  const named = (name: string | null) => models.find((model) => model.name === name) ?? null;
  const reading = ({ model }: Preferences) => named(model) ?? BUNDLED;
  const refining = (wish: Preferences) => {
    const model = named(wish.refineWith);
    return model === reading(wish) ? null : model;
  };

  return {
    reading,
    refining,
    answering: (wish) => [reading(wish), refining(wish)].find((model) => model?.kind === 'questions') ?? null,
    list: (wish) => ({
      models: models.map((model) => ({
        ...model,
        reads: model === reading(wish),
        refines: model === refining(wish),
      })),
      unfinished,
    }),
    async import({ folder, name, precision }, onProgress) {
      const called = name ?? folder.split('/').at(-1) ?? folder;
      if (models.some((model) => model.name === called))
        throw failure('failed', `There is a model “${called}” already. Give the new one another name.`);
      let cancelled = false;
      const cancellation = new Promise<void>((resolve) => {
        cancelImport = () => {
          cancelled = true;
          resolve();
        };
      });
      for (let done = 0; done <= IMPORT_STEPS; done += 1) {
        onProgress(importStep(done));
        if (setup.importing === 'stands' && done === IMPORT_STOP) await cancellation;
        else await Promise.race([sleep(60), cancellation]);
        if (cancelled) {
          unfinished = called;
          throw failure('cancelled', 'The import was cancelled.');
        }
        if (setup.importing === 'fails' && done === 2)
          throw failure(
            'failed',
            `“${folder}/model-00002-of-00003.safetensors” is not there, but the index names it. Copy the folder again.`,
          );
      }
      if (unfinished === called) unfinished = null;
      models = [...models, imported(called, precision === 'auto' ? 'int8' : precision)];
    },
    cancel: () => cancelImport?.(),
    verify(name) {
      const { fault } = find(name);
      if (fault !== null) throw failure('failed', fault);
      return `All files of “${name}” are as they were when it came here.`;
    },
    remove(name) {
      if (!find(name).own) throw failure('failed', `“${name}” comes with Proviso and cannot be removed.`);
      models = models.filter((model) => model.name !== name);
    },
  };
}

function importStep(done: number): ImportProgress {
  const share = done / IMPORT_STEPS;
  return {
    doing: done === 0 ? 'Looking at the files' : `Layer ${Math.ceil(share * 24)} of 24 is packed`,
    bytesDone: Math.round(share * IMPORT_BYTES),
    bytesTotal: IMPORT_BYTES,
    secondsLeft: done < 2 ? null : (1 - share) * 96,
  };
}

function imported(name: string, precision: string): FixtureModel {
  return {
    ...ROBERTA,
    name,
    description: 'RoBERTa large, trained on CUAD to answer its 41 questions.',
    parameters: 355_000_000,
    precision,
    megabytes: precision === 'int8' ? 412 : 711,
    aupr: null,
    weightedF1: null,
    seconds: null,
  };
}

const FIXTURE_DIAL: DialView[] = [
  { missOneIn: 5, threshold: 0.2, recall: 0.83, falseAlarms: 14.2 },
  { missOneIn: 10, threshold: 0.08, recall: 0.91, falseAlarms: 31.7 },
  { missOneIn: 20, threshold: 0.02, recall: 0.96, falseAlarms: 88.4 },
  { missOneIn: 50, threshold: null, recall: 0.97, falseAlarms: 310 },
];

export function fixtureInfo(
  groups: GroupView[],
  { cores }: FixtureMachine,
  { name, description, parameters }: FixtureModel,
  { questions }: Preferences,
): AppInfo {
  const model: ModelView = { name, description, parameters, sha256: '5f0a9c31d2e84b77'.repeat(4) };
  const own = {
    title: 'Your own questions',
    categories: questions.map((question) => ({ ...question, threshold: 0.3 })),
  };
  const all = questions.length > 0 ? [...groups, own] : groups;
  return { version: '0.1.0', model, groups: all, dial: FIXTURE_DIAL, cores };
}
