// One contract on its way from a path to a list of findings.
import type {
  DocumentView,
  OpenProgress,
  QueueEntryView,
  QueueStage,
  ReadProgress,
  ReadingView,
} from '../backend';
import type { Checking } from './checking';
import type { ReadingWishes } from './wishes';

/**
 * waiting -> opening -> reading -> done, with `locked` (a password is wanted), `cancelled` and the two failures beside the way. A
 * contract that is read again goes back to `waiting` and keeps its last reading.
 */
export type Stage = QueueStage;

export interface Contract {
  /** Names the contract: the queue's number for it. */
  key: number;
  path: string;
  fileName: string;
  /** As it is shown. A contract that is open is `done` when its reading is there. */
  stage: Stage;
  /** How far the queue is with it. */
  turn: Stage;
  /** Its pages are being opened here, to be looked at. */
  isOpening: boolean;
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

/** A contract that nobody has looked at yet. */
export function contractOf({ id, path, fileName, stage }: QueueEntryView): Contract {
  return {
    key: id,
    path,
    fileName,
    stage,
    turn: stage,
    isOpening: false,
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

/** A contract with what the queue tells of it. */
export function told(contract: Contract, entry: QueueEntryView): Contract {
  const { stage: turn, progress, message } = entry;
  const opening = entry.opening ?? contract.opening;
  const news = { ...contract, turn, progress, opening };
  // While a password is asked for, the queue finding that out too changes nothing.
  const isAsked = contract.stage === 'locked' && contract.document === null;
  if (isAsked && (turn === 'waiting' || turn === 'opening' || turn === 'locked')) return news;
  // What is open is read when its reading is there.
  if (turn === 'done' && contract.document) return { ...news, progress: contract.progress };
  return { ...news, stage: turn, message, dismissed: contract.dismissed && turn === contract.turn };
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
export function statusOf({ stage, isOpening, document, reading }: Contract): string {
  if (stage === 'done' && (isOpening || (document && !reading))) return 'opening';
  return stage === 'openFailed' || stage === 'readFailed' ? 'failed' : stage;
}
