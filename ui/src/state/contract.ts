// One contract on its way from a path to a list of findings.
import type { DocumentView, OpenProgress, ReadProgress, ReadingView } from '../backend';
import type { Checking } from './checking';
import type { ReadingWishes } from './wishes';

/**
 * queued -> opening -> waiting -> reading -> done, with `locked` (a password is wanted), `cancelled` and the two
 * failures beside the way. A contract that is read again goes back to `waiting` and keeps its last reading.
 */
export type Stage =
  | 'queued'
  | 'opening'
  | 'locked'
  | 'openFailed'
  | 'waiting'
  | 'reading'
  | 'done'
  | 'cancelled'
  | 'readFailed';

export interface Contract {
  /** Names the contract in the interface, before the backend has given it a number too. */
  key: number;
  path: string;
  fileName: string;
  stage: Stage;
  /** Kept in memory only: pdf.js needs it as well to show the pages. */
  password: string | null;
  /** A password was tried and refused. */
  refused: boolean;
  opening: OpenProgress | null;
  progress: ReadProgress | null;
  document: DocumentView | null;
  reading: ReadingView | null;
  /** The preferences that its last reading went by. */
  readWith: ReadingWishes | null;
  /** The checking by a second model of what was in doubt in its last reading. */
  check: Checking | null;
  /** Why it failed. */
  message: string | null;
  /** The person has put the notice of its failure away. */
  dismissed: boolean;
  selected: number | null;
  /** The category without a clause at which the person is; the selected passage is then the nearest one to it. */
  absent: string | null;
}

export function newContract(key: number, path: string): Contract {
  return {
    key,
    path,
    fileName: path.split(/[\\/]/).at(-1) || path,
    stage: 'queued',
    password: null,
    refused: false,
    opening: null,
    progress: null,
    document: null,
    reading: null,
    readWith: null,
    check: null,
    message: null,
    dismissed: false,
    selected: null,
    absent: null,
  };
}

export function hasFailed({ stage }: Contract): boolean {
  return stage === 'openFailed' || stage === 'readFailed';
}

/** On its way, so that it can be cancelled. */
export function isBusy({ stage }: Contract): boolean {
  return stage === 'waiting' || stage === 'reading';
}

/** Share of the reading that is done, 0 to 1. */
export function shareRead({ progress }: Contract): number {
  if (!progress || progress.windowsTotal === 0) return 0;
  return Math.min(1, progress.windowsDone / progress.windowsTotal);
}

/** The stage as tests and styles name it. */
export function statusOf({ stage }: Contract): string {
  return stage === 'openFailed' || stage === 'readFailed' ? 'failed' : stage;
}
