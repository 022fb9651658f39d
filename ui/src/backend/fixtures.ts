// A backend without a program behind it, for a plain browser and for tests: contracts from the folder `fixtures`.
import type { Backend } from './backend';
import {
  CONTRACTS,
  MODEL,
  PLAN,
  fixtureInfo,
  type FixtureContract,
  type FixtureRecord,
} from './fixtureContracts';
import { DEFAULT_PREFERENCES } from './defaultPreferences';
import { listenForDrops } from './fixtureDrops';
import { MACHINES, type MachineName } from './fixtureMachine';
import { measuredOn, measuringSteps, runningOn } from './fixtureRunning';
import type { ErrorView, GroupView, Preferences, ReadProgress } from './types';

/** A call that tests look at. */
export interface FixtureCall {
  command: string;
  args: unknown;
}

export interface FixtureSetup {
  /** Contracts open at the start and in the file dialog, by name. */
  launch: string[];
  choose: string[];
  machine: MachineName;
  /** How measuring goes: to its end, standing still part of the way until it is cancelled, or failing. */
  measuring: 'ends' | 'stands' | 'fails';
  load: (file: string) => Promise<ArrayBuffer>;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Null where there is nothing to drop on, as in unit tests. */
  dropTarget: Window | null;
  calls: FixtureCall[];
  sleep: (milliseconds: number) => Promise<void>;
}

const PREFERENCES_KEY = 'proviso-fixture-preferences';
/** Where a reading that waits stands still. */
const SLOW_STOP = 17;

/** Where a measuring that waits stands still. */
const MEASURING_STOP = 5;
const MEASURED_BEFORE = '2026-03-02T09:41:00Z';

/** Reads `?open=a,b&choose=c&machine=gpu&measuring=stands` and shows the calls to tests as `window.fixtureCalls`. */
export function fixturesFromAddress(window: Window): FixtureSetup {
  const query = new URLSearchParams(window.location.search);
  const names = (key: string, fallback: string) =>
    (query.get(key) ?? fallback).split(',').filter((name) => name in CONTRACTS);
  const calls: FixtureCall[] = [];
  Object.assign(window, { fixtureCalls: calls });
  return {
    launch: names('open', 'agreement'),
    choose: names('choose', 'nda'),
    machine: oneOf(query.get('machine'), ['laptop', 'gpu', 'new', 'stale']),
    measuring: oneOf(query.get('measuring'), ['ends', 'stands', 'fails']),
    load: async (file) => (await fetch(`fixtures/${file}`)).arrayBuffer(),
    storage: window.localStorage,
    dropTarget: window,
    calls,
    sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
  };
}

/** The word if it is among those known, otherwise the first of them. */
function oneOf<T extends string>(word: string | null, known: [T, ...T[]]): T {
  return known.find((candidate) => candidate === word) ?? known[0];
}

function failure(code: ErrorView['code'], message: string): ErrorView {
  return { code, message };
}

interface Opened {
  contract: FixtureContract;
  record: FixtureRecord;
  cancel: (() => void) | null;
}

export function createFixtureBackend(setup: FixtureSetup): Backend {
  const opened = new Map<number, Opened>();
  const machine = MACHINES[setup.machine];
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

  const measurements = () => measuredOn(machine, stored(), measured.at, measured.stale);

  return {
    appInfo: async () => fixtureInfo(await json<GroupView[]>('groups.json'), machine.cores),
    launchDocuments: async () => pathsOf(setup.launch),
    chooseDocuments: async () => pathsOf(setup.choose),
    openDocument: async (path, password, onProgress) => {
      note('open_document', { path, password });
      const contract = Object.values(CONTRACTS).find((candidate) => candidate.path === path);
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
      opened.set(lastId, { contract, record, cancel: null });
      return { id: lastId, path, fileName, sha256, pages, warnings };
    },
    documentBytes: async (id) => setup.load(`${find(id).contract.source}.pdf`),
    readDocument: async (id, onProgress) => {
      note('read_document', { id });
      const document = find(id);
      if (document.contract.readingFailure) throw failure('failed', document.contract.readingFailure);
      await pretendToRead(document, onProgress, setup.sleep);
      return {
        documentId: id,
        findings: document.record.findings,
        seconds: 3.4,
        model: MODEL.name,
        plan: PLAN,
        notices: document.contract.notices ?? [],
      };
    },
    cancelReading: async (id) => {
      note('cancel_reading', { id });
      find(id).cancel?.();
    },
    closeDocument: async (id) => {
      note('close_document', { id });
      find(id).cancel?.();
      opened.delete(id);
    },
    exportCsv: async (id, layout) => {
      note('export_csv', { id, layout });
      const { contract, record } = find(id);
      const path = contract.path.replace(/\.pdf$/, layout === 'cuad' ? ' (CUAD).csv' : '.csv');
      return { path, rows: layout === 'cuad' ? 1 : record.findings.length };
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
    ...listenForDrops(setup.dropTarget),
  };
}

/** Counts windows; a contract without a pace stops part of the way until it is cancelled. */
async function pretendToRead(
  document: Opened,
  onProgress: (progress: ReadProgress) => void,
  sleep: FixtureSetup['sleep'],
): Promise<void> {
  const { windows, windowTime } = document.contract;
  let cancelled = false;
  const cancellation = new Promise<void>((resolve) => {
    document.cancel = () => {
      cancelled = true;
      resolve();
    };
  });
  for (let done = 0; done <= windows && !cancelled; done += 1) {
    onProgress({
      windowsDone: done,
      windowsTotal: windows,
      secondsLeft: done < 2 ? null : (windows - done) * 0.9,
    });
    if (windowTime === null && done === SLOW_STOP) await cancellation;
    else await Promise.race([sleep(windowTime ?? 5), cancellation]);
  }
  document.cancel = null;
  if (cancelled) throw failure('cancelled', 'The reading was cancelled.');
}
