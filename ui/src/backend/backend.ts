// What the interface asks of the program. Two implementations: the window (Tauri) and fixtures (a plain browser).
import type { AboutView } from './generated/AboutView';
import type { AppInfo } from './generated/AppInfo';
import type { BackupsView } from './generated/BackupsView';
import type { CellName } from './generated/CellName';
import type { DocumentView } from './generated/DocumentView';
import type { ErrorView } from './generated/ErrorView';
import type { ExportedView } from './generated/ExportedView';
import type { ExportFormat } from './generated/ExportFormat';
import type { ImportProgress } from './generated/ImportProgress';
import type { ImportRequest } from './generated/ImportRequest';
import type { LaunchView } from './generated/LaunchView';
import type { MatrixView } from './generated/MatrixView';
import type { MeasureProgress } from './generated/MeasureProgress';
import type { MeasurementsView } from './generated/MeasurementsView';
import type { ModelsView } from './generated/ModelsView';
import type { OpenProgress } from './generated/OpenProgress';
import type { Preferences } from './generated/Preferences';
import type { PreferencesView } from './generated/PreferencesView';
import type { QueueAction } from './generated/QueueAction';
import type { QueueUpdate } from './generated/QueueUpdate';
import type { ReadingView } from './generated/ReadingView';
import type { RefineProgress } from './generated/RefineProgress';
import type { ReviewAction } from './generated/ReviewAction';
import type { RunningView } from './generated/RunningView';

/** Stops the calls to a listener. */
export type Unsubscribe = () => void;

/** Every call may reject with an `ErrorView`. */
export interface Backend {
  appInfo(): Promise<AppInfo>;
  /** What is told to someone who has to vouch for the program; it is found out anew with every call. */
  about(): Promise<AboutView>;
  /** Contracts to add to the queue at the start. */
  launchDocuments(): Promise<LaunchView>;
  /** Tells everything about the queue, and from then on what changes. */
  listenToQueue(listener: (update: QueueUpdate) => void): Promise<void>;
  /** Adds contracts to the queue; answers with the ids of all of them, also of those that are in it. */
  addToQueue(paths: string[]): Promise<number[]>;
  /** Does something with the queue and keeps it. */
  changeQueue(action: QueueAction): Promise<void>;
  /** Lets the person choose files; empty when they cancel. */
  chooseDocuments(): Promise<string[]>;
  /** Lets the person choose a folder; the contracts in it and below, null when they cancel. */
  chooseFolder(): Promise<string[] | null>;
  openDocument(
    path: string,
    password: string | null,
    onProgress: (progress: OpenProgress) => void,
  ): Promise<DocumentView>;
  documentBytes(id: number): Promise<ArrayBuffer>;
  /** What was found in an open contract; null if it was not read in the setting in force. */
  knownReading(id: number): Promise<ReadingView | null>;
  /** Has the second model check what is in doubt; answers with the whole reading, checks and added findings included. */
  refineDocument(id: number, onProgress: (progress: RefineProgress) => void): Promise<ReadingView>;
  /** Ends the checking of a document, whose call then rejects with `cancelled`. */
  cancelRefining(id: number): Promise<void>;
  /** A contract that was read, with what was decided since, also in the matrix. */
  currentReading(id: number): Promise<ReadingView>;
  /** Does something in the review of a contract and keeps it; answers with the whole reading after it. Ids stay. */
  review(id: number, action: ReviewAction): Promise<ReadingView>;
  /** Undoes what was done last in the review of a contract. */
  undoReview(id: number): Promise<ReadingView>;
  /** Does again what was undone last. */
  redoReview(id: number): Promise<ReadingView>;
  /** Closes a document; its reading in the queue goes on. */
  closeDocument(id: number): Promise<void>;
  /** Asks where to save and writes the file; null when the person cancels. */
  exportContract(id: number, format: ExportFormat): Promise<ExportedView | null>;
  /** All contracts that were opened, by categories. */
  matrix(): Promise<MatrixView>;
  /** Accepts what nobody decided about in these cells and reaches its threshold; answers with the whole matrix. */
  acceptCells(cells: CellName[]): Promise<MatrixView>;
  /** Confirms that there is none where nothing was found in these cells; answers with the whole matrix. */
  confirmAbsentCells(cells: CellName[]): Promise<MatrixView>;
  /** Asks where to save and writes these rows and columns in their order; null when the person cancels. */
  exportMatrix(sha256s: string[], categories: string[]): Promise<ExportedView | null>;
  preferences(): Promise<PreferencesView>;
  savePreferences(preferences: Preferences): Promise<PreferencesView>;
  /** What runs here and what each choice would change, for an open contract or, with null, for one of usual size. */
  running(id: number | null): Promise<RunningView>;
  /** What is known of this computer's speed. */
  measurements(): Promise<MeasurementsView>;
  /** Measures this computer; rejects with `cancelled` when that is asked for. */
  measure(onProgress: (progress: MeasureProgress) => void): Promise<MeasurementsView>;
  cancelMeasuring(): Promise<void>;
  /** The models that are here. */
  models(): Promise<ModelsView>;
  /** Lets the person choose the folder of a model; null when they cancel. */
  chooseModelFolder(): Promise<string | null>;
  /** Makes a model the person's own; rejects with `cancelled` when that is asked for. */
  importModel(request: ImportRequest, onProgress: (progress: ImportProgress) => void): Promise<ModelsView>;
  cancelImport(): Promise<void>;
  /** Compares a model's files with their hashes; says in a sentence that they are sound, or rejects. */
  verifyModel(name: string): Promise<string>;
  /** Removes one of the person's own models from the disk. */
  removeModel(name: string): Promise<ModelsView>;
  /** The backups of contracts and decisions. */
  backups(): Promise<BackupsView>;
  /** Makes a backup now. */
  backUp(): Promise<BackupsView>;
  /** Puts a backup in the place of everything that is kept, and closes all contracts. */
  restoreBackup(name: string): Promise<BackupsView>;
  /** Begins the window anew, with what is kept now. */
  beginAnew(): void;
  /** Files dropped on the window. */
  onDocumentsOffered(listener: (paths: string[]) => void): Unsubscribe;
  /** Whether something is held over the window. */
  onDocumentsHover(listener: (hovering: boolean) => void): Unsubscribe;
}

/** Makes an `ErrorView` of whatever a call was rejected with. */
export function toErrorView(reason: unknown): ErrorView {
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'message' in reason) {
    return reason as ErrorView;
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return { code: 'failed', message };
}
