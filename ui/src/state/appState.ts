// Everything the interface shows, as one value.
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  DEFAULT_PREFERENCES,
  type AppInfo,
  type MeasurementsView,
  type ModelsView,
  type Preferences,
  type QueueStateView,
  type RunningView,
  type SelectedView,
} from '../backend';
import { NO_BACKUPS, type BackupDesk } from './backups';
import type { Contract } from './contract';
import { NOT_IMPORTING, type Importing } from './importing';
import { CLOSED_MATRIX, type MatrixDesk } from './matrix';
import { NOT_MEASURING, type Measuring } from './measuring';
import type { Verification } from './models';

export interface Toast {
  id: number;
  kind: 'good' | 'bad' | 'plain';
  title: string;
  detail: string | null;
  /** One of these takes the place of the last. */
  about?: 'review';
  /** The contract in whose review the last step can be undone from here. */
  undo?: number;
}

/** A place that the viewer shall go to; a new object each time, so that the same place can be asked for again. */
export type Jump = { kind: 'finding'; id: number } | { kind: 'page'; page: number };

/** What is listed: everything, what is left to decide, what the model is not sure of, what is not there, what was rejected. */
export type Show = 'all' | 'unreviewed' | 'uncertain' | 'missing' | 'rejected';

/**
 * Something in a review that takes more than a key: a note that is written, other words for a clause, words for one that
 * was missed, and then its category.
 */
export type Mode =
  | { kind: 'none' }
  | { kind: 'note'; finding: number }
  | { kind: 'edit'; finding: number }
  | { kind: 'find' }
  | { kind: 'add'; selected: SelectedView[] };

export const NO_MODE: Mode = { kind: 'none' };

export type Panel = 'none' | 'preferences' | 'shortcuts';

export interface AppState {
  phase: 'starting' | 'ready' | 'broken';
  /** Why the start failed. */
  fault: string | null;
  info: AppInfo | null;
  preferences: Preferences;
  /** Something about the preferences to be told once. */
  notice: string | null;
  /** What runs here, as it was told last, and why it could not be told. */
  running: RunningView | null;
  runningFault: string | null;
  measurements: MeasurementsView | null;
  measurementsFault: string | null;
  measuring: Measuring;
  models: ModelsView | null;
  modelsFault: string | null;
  /** What came out of comparing files with their hashes, by the name of the model. */
  verifications: Record<string, Verification>;
  importing: Importing;
  backups: BackupDesk;
  matrix: MatrixDesk;
  /** The queue as a whole. */
  queue: QueueStateView;
  /** The contracts of the queue in their order. */
  contracts: Contract[];
  activeKey: number | null;
  jump: Jump | null;
  /** Text selected on the pages in view, in PDF user space: an entry a page, a rectangle a line. */
  selection: SelectedView[] | null;
  filter: string;
  show: Show;
  foundOnly: boolean;
  /** Only what a second model did not confirm. */
  doubtfulOnly: boolean;
  mode: Mode;
  panel: Panel;
  /** Something is held over the window. */
  hovering: boolean;
  exporting: boolean;
  toasts: Toast[];
}

export const EMPTY_QUEUE: QueueStateView = {
  paused: false,
  inView: null,
  total: 0,
  done: 0,
  failed: 0,
  waiting: 0,
  secondsLeft: null,
};

export const INITIAL_STATE: AppState = {
  phase: 'starting',
  fault: null,
  info: null,
  preferences: DEFAULT_PREFERENCES,
  notice: null,
  running: null,
  runningFault: null,
  measurements: null,
  measurementsFault: null,
  measuring: NOT_MEASURING,
  models: null,
  modelsFault: null,
  verifications: {},
  importing: NOT_IMPORTING,
  backups: NO_BACKUPS,
  matrix: CLOSED_MATRIX,
  queue: EMPTY_QUEUE,
  contracts: [],
  activeKey: null,
  jump: null,
  selection: null,
  filter: '',
  show: 'all',
  foundOnly: false,
  doubtfulOnly: false,
  mode: NO_MODE,
  panel: 'none',
  hovering: false,
  exporting: false,
  toasts: [],
};

export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>(() => INITIAL_STATE);
}

export function activeContract(state: AppState): Contract | null {
  return state.contracts.find(({ key }) => key === state.activeKey) ?? null;
}

/** Changes one contract, if it is still there. */
export function changeContract(store: AppStore, key: number, change: Partial<Contract>): void {
  store.setState(({ contracts }) => ({
    contracts: contracts.map((contract) => (contract.key === key ? { ...contract, ...change } : contract)),
  }));
}

export function findContract(store: AppStore, key: number): Contract | null {
  return store.getState().contracts.find((contract) => contract.key === key) ?? null;
}
