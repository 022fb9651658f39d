// A backend without a program behind it, for a plain browser and for tests: contracts from the folder `fixtures`.
import type { Backend } from './backend';
import { createBackupRoom, type BackupsSetup } from './fixtureBackups';
import {
  CONTRACTS,
  PLAN,
  contractAt,
  dataRoom,
  type FixtureContract,
  type FixtureRecord,
} from './fixtureContracts';
import { DEFAULT_PREFERENCES } from './defaultPreferences';
import { ABOUT } from './fixtureAbout';
import { listenForDrops } from './fixtureDrops';
import { MACHINES, type MachineName } from './fixtureMachine';
import { createMatrixRoom, type MatrixSetup } from './fixtureMatrix';
import { createQueueRoom } from './fixtureQueue';
import { MODEL_FOLDER, createModelRoom, failure, fixtureInfo, type ModelsSetup } from './fixtureModels';
import { answerOwn, refine, refineSteps } from './fixtureRefining';
import { UNREVIEWED, createReviewRoom, type FixtureWord, type ReviewRoom } from './fixtureReview';
import { measuredOn, measuringSteps, runningOn } from './fixtureRunning';
import type { ExportFormat, FindingView, GroupView, Preferences, ReadingView } from './types';

/** A call that tests look at. */
export interface FixtureCall {
  command: string;
  args: unknown;
}

/** How something long goes: to its end, standing still part of the way until it is cancelled, or failing. */
type Course = 'ends' | 'stands' | 'fails';
const COURSES: [Course, ...Course[]] = ['ends', 'stands', 'fails'];

export interface FixtureSetup {
  /** Contracts open at the start and in the file dialog, by name. */
  launch: string[];
  choose: string[];
  /** Contracts that wait in the queue from the start, and whether it is paused. */
  queue: { waiting: number; paused: boolean };
  machine: MachineName;
  measuring: Course;
  models: ModelsSetup;
  matrix: MatrixSetup;
  backups: BackupsSetup;
  importing: Course;
  refining: Course;
  /** Whether what is done in a review can be kept. */
  reviewing: 'ends' | 'fails';
  load: (file: string) => Promise<ArrayBuffer>;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Keeps reviews for as long as the tab is open. */
  session: Pick<Storage, 'getItem' | 'setItem'>;
  /** Null where there is nothing to drop on, as in unit tests. */
  dropTarget: Window | null;
  calls: FixtureCall[];
  sleep: (milliseconds: number) => Promise<void>;
}

const PREFERENCES_KEY = 'proviso-fixture-preferences';
/** Where a measuring that waits stands still. */
const MEASURING_STOP = 5;
const MEASURED_BEFORE = '2026-03-02T09:41:00Z';

/** Where a checking that waits stands still. */
const REFINING_STOP = 2;

/** Reads `?open=a,b&choose=c&machine=gpu&measuring=stands` and so on, and shows the calls to tests as `window.fixtureCalls`. */
export function fixturesFromAddress(window: Window): FixtureSetup {
  const query = new URLSearchParams(window.location.search);
  const names = (key: string, fallback: string) =>
    (query.get(key) ?? fallback).split(',').filter((name) => name in CONTRACTS);
  const calls: FixtureCall[] = [];
  Object.assign(window, { fixtureCalls: calls });
  return {
    launch: names('open', 'agreement'),
    choose: names('choose', 'nda'),
    queue: { waiting: Number(query.get('queue') ?? 0), paused: query.has('paused') },
    machine: oneOf(query.get('machine'), ['laptop', 'gpu', 'new', 'stale']),
    measuring: oneOf(query.get('measuring'), COURSES),
    models: oneOf(query.get('models'), ['several', 'bundled', 'unfinished']),
    matrix: {
      course: oneOf(query.get('matrix'), COURSES),
      contracts: Number(query.get('contracts') ?? 12),
    },
    backups: oneOf(query.get('backups'), ['some', 'none', 'fails']),
    importing: oneOf(query.get('importing'), COURSES),
    refining: oneOf(query.get('refining'), COURSES),
    reviewing: oneOf(query.get('reviewing'), ['ends', 'fails']),
    load: async (file) => (await fetch(`fixtures/${file}`)).arrayBuffer(),
    storage: window.localStorage,
    session: window.sessionStorage,
    dropTarget: window,
    calls,
    sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
  };
}

/** The word if it is among those known, otherwise the first of them. */
function oneOf<T extends string>(word: string | null, known: [T, ...T[]]): T {
  return known.find((candidate) => candidate === word) ?? known[0];
}

interface Opened {
  path: string;
  contract: FixtureContract;
  record: FixtureRecord;
  /** What the last reading answered with. */
  findings: FindingView[];
  review: ReviewRoom;
  /** Which of the contract's readings it shows. */
  read: number;
  cancelRefining: (() => void) | null;
}

/** The ends of the names of exported files. */
const EXPORTED: Record<ExportFormat, string> = {
  findings: '.csv',
  cuad: ' (CUAD).csv',
  workbook: '.xlsx',
  json: '.json',
  annotatedPdf: ' - annotated.pdf',
  calendar: ' - key dates.ics',
  receipt: ' - receipt.json',
};
export function createFixtureBackend(setup: FixtureSetup): Backend {
  const opened = new Map<number, Opened>();
  const machine = MACHINES[setup.machine];
  const room = createModelRoom(setup, setup.sleep);
  const measured = {
    at: setup.machine === 'new' ? null : MEASURED_BEFORE,
    stale: setup.machine === 'stale',
    cancel: null as (() => void) | null,
  };
  let lastId = 0;
  const json = async <T>(file: string): Promise<T> =>
    JSON.parse(new TextDecoder().decode(await setup.load(file))) as T;
  const pathsOf = (names: string[]) => names.flatMap((name) => CONTRACTS[name]?.path ?? []);
  const note = (command: string, args: unknown) => setup.calls.push({ command, args });
  const find = (id: number): Opened => {
    const found = opened.get(id);
    if (!found) throw failure('failed', `No contract with the number ${id} is open.`);
    return found;
  };
  const stored = (): Preferences => ({
    ...DEFAULT_PREFERENCES,
    ...(JSON.parse(setup.storage.getItem(PREFERENCES_KEY) ?? '{}') as Partial<Preferences>),
  });

  async function reviewed(id: number, act: (room: ReviewRoom) => void): Promise<ReadingView> {
    const document = find(id);
    // As long as a short write to the disk takes.
    await setup.sleep(8);
    if (setup.reviewing === 'fails')
      throw failure('failed', 'The review could not be kept: the disk is full. Make room and try again.');
    act(document.review);
    return readingOf(id, document, room.reading(stored()).name);
  }

  const queue = createQueueRoom({
    ...setup.queue,
    note,
    sleep: setup.sleep,
    isOpen: (path) => [...opened.values()].some((document) => document.path === path),
  });
  const measurements = () => measuredOn(machine, stored(), measured.at, measured.stale);

  function readAgain({ record }: Opened, wish: Preferences): FindingView[] {
    const read = record.findings.map((finding) => ({ ...finding, check: null, review: UNREVIEWED }));
    const asksOwn = room.reading(wish).kind === 'questions';
    return asksOwn ? [...read, ...answerOwn(read, wish.questions)] : read;
  }

  return {
    about: async () => ABOUT,
    appInfo: async () =>
      fixtureInfo(await json<GroupView[]>('groups.json'), machine, room.reading(stored()), stored()),
    launchDocuments: async () => ({ paths: pathsOf(setup.launch) }),
    listenToQueue: queue.listenToQueue,
    addToQueue: queue.addToQueue,
    changeQueue: queue.changeQueue,
    chooseDocuments: async () => pathsOf(setup.choose),
    chooseFolder: async () => dataRoom(5),
    openDocument: async (path, password, onProgress) => {
      note('open_document', { path, password });
      const contract = contractAt(path);
      const fileName = path.split('/').at(-1) ?? path;
      if (!contract) throw failure('failed', `“${fileName}” is not there any more.`);
      if (contract.failure) throw failure('failed', contract.failure);
      if (contract.password && password !== contract.password) {
        throw password === null
          ? failure('passwordRequired', `“${fileName}” is protected by a password.`)
          : failure('wrongPassword', `This is not the password of “${fileName}”.`);
      }
      const record = await json<FixtureRecord>(`${contract.source}.json`);
      const { pages, warnings, sha256 } = record;
      onProgress({ pagesDone: 0, pagesTotal: pages.length });
      onProgress({ pagesDone: pages.length, pagesTotal: pages.length });
      lastId += 1;
      const words = await json<FixtureWord[]>(`${contract.source}.words.json`);
      const review = createReviewRoom(
        setup.session,
        `proviso-fixture-review:${path}`,
        words,
        contract.earlier ?? null,
      );
      opened.set(lastId, { path, contract, record, findings: [], review, read: 0, cancelRefining: null });
      return { id: lastId, path, fileName, sha256, pages, warnings };
    },
    documentBytes: async (id) => setup.load(`${find(id).contract.source}.pdf`),
    knownReading: async (id) => {
      note('known_reading', { id });
      const document = find(id);
      const read = queue.timesRead(document.path);
      if (read === 0) return null;
      const wish = stored();
      if (document.read !== read) document.findings = readAgain(document, wish);
      document.read = read;
      return readingOf(id, document, room.reading(wish).name);
    },
    refineDocument: async (id, onProgress) => {
      note('refine_document', { id });
      const document = find(id);
      const wish = stored();
      const model = room.refining(wish);
      if (!model) throw failure('failed', 'No model is chosen that checks doubtful clauses.');
      if (setup.refining === 'fails')
        throw failure('failed', `The disk with “${model.name}” is not there any more.`);
      const refined = refine(document.findings, model.name);
      let cancelled = false;
      const cancellation = new Promise<void>((resolve) => {
        document.cancelRefining = () => {
          cancelled = true;
          resolve();
        };
      });
      for (const [index, step] of refineSteps(refined).entries()) {
        onProgress(step);
        if (setup.refining === 'stands' && index === REFINING_STOP) await cancellation;
        else await Promise.race([setup.sleep(40), cancellation]);
        if (cancelled) throw failure('cancelled', 'The checking was cancelled.');
      }
      const asksOwn = room.answering(wish) === model;
      document.findings = asksOwn
        ? [...refined.findings, ...answerOwn(refined.findings, wish.questions)]
        : refined.findings;
      return readingOf(id, document, room.reading(wish).name);
    },
    cancelRefining: async (id) => {
      note('cancel_refining', { id });
      find(id).cancelRefining?.();
    },
    currentReading: async (id) => readingOf(id, find(id), room.reading(stored()).name),
    review: async (id, action) => {
      note('review_document', { id, action });
      return reviewed(id, ({ act }) => act(action));
    },
    undoReview: async (id) => {
      note('undo_review', { id });
      return reviewed(id, ({ undo }) => undo());
    },
    redoReview: async (id) => {
      note('redo_review', { id });
      return reviewed(id, ({ redo }) => redo());
    },
    closeDocument: async (id) => {
      note('close_document', { id });
      const document = find(id);
      document.cancelRefining?.();
      opened.delete(id);
    },
    exportContract: async (id, format) => {
      note('export_contract', { id, format });
      const { contract, record } = find(id);
      const path = contract.path.replace(/\.pdf$/, EXPORTED[format]);
      return { path, rows: format === 'cuad' ? 1 : record.findings.length };
    },
    preferences: async () => ({ preferences: stored(), notice: null }),
    savePreferences: async (preferences) => {
      note('save_preferences', { preferences });
      setup.storage.setItem(PREFERENCES_KEY, JSON.stringify(preferences));
      return { preferences: stored(), notice: null };
    },
    running: async (id) => {
      note('running', { id });
      const { contract, record } = id === null ? { contract: null, record: null } : find(id);
      const open = contract && {
        fileName: contract.path.split('/').at(-1) ?? '',
        pages: record.pages.length,
      };
      return runningOn(machine, stored(), measured.at !== null && !measured.stale, open);
    },
    measurements: async () => {
      note('measurements', {});
      return measurements();
    },
    measure: async (onProgress) => {
      note('measure', {});
      const steps = measuringSteps(machine);
      let cancelled = false;
      const cancellation = new Promise<void>((resolve) => {
        measured.cancel = () => {
          cancelled = true;
          resolve();
        };
      });
      for (const [done, doing] of steps.entries()) {
        onProgress({ done, total: steps.length, doing });
        if (setup.measuring === 'stands' && done === MEASURING_STOP) await cancellation;
        else await Promise.race([setup.sleep(60), cancellation]);
        if (cancelled) throw failure('cancelled', 'The measuring was cancelled.');
        if (setup.measuring === 'fails')
          throw failure('failed', 'The model’s files have changed on the disk.');
      }
      Object.assign(measured, { at: new Date().toISOString(), stale: false, cancel: null });
      return measurements();
    },
    cancelMeasuring: async () => {
      note('cancel_measuring', {});
      measured.cancel?.();
    },
    models: async () => {
      note('models', {});
      return room.list(stored());
    },
    chooseModelFolder: async () => MODEL_FOLDER,
    importModel: async (request, onProgress) => {
      note('import_model', { request });
      await room.import(request, onProgress);
      return room.list(stored());
    },
    cancelImport: async () => {
      note('cancel_import', {});
      room.cancel();
    },
    verifyModel: async (name) => {
      note('verify_model', { name });
      await setup.sleep(60);
      return room.verify(name);
    },
    removeModel: async (name) => {
      note('remove_model', { name });
      room.remove(name);
      return room.list(stored());
    },
    ...createBackupRoom(setup, note),
    ...createMatrixRoom(setup.matrix, { json, note, failure }),
    ...listenForDrops(setup.dropTarget),
  };
}

function readingOf(id: number, { contract, findings, review }: Opened, model: string): ReadingView {
  return {
    documentId: id,
    ...review.apply(findings),
    seconds: 3.4,
    model,
    plan: PLAN,
    notices: contract.notices ?? [],
  };
}
