// The backend inside the window: commands and events of the Rust side.
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backend, Unsubscribe } from './backend';

function channel<T>(onMessage: (message: T) => void): Channel<T> {
  const opened = new Channel<T>();
  opened.onmessage = onMessage;
  return opened;
}

/** Listens at once, although the registration itself answers later. */
function subscribe<T>(event: string, listener: (payload: T) => void): Unsubscribe {
  let stopped = false;
  const registered = listen<T>(event, ({ payload }) => {
    if (!stopped) listener(payload);
  });
  return () => {
    stopped = true;
    void registered.then((stop) => stop());
  };
}

export const tauriBackend: Backend = {
  about: () => invoke('about'),
  appInfo: () => invoke('app_info'),
  launchDocuments: () => invoke('launch_documents'),
  listenToQueue: (listener) => invoke('listen_to_queue', { onUpdate: channel(listener) }),
  addToQueue: (paths) => invoke('add_to_queue', { paths }),
  changeQueue: (action) => invoke('change_queue', { action }),
  chooseDocuments: () => invoke('choose_documents'),
  chooseFolder: () => invoke('choose_folder'),
  openDocument: (path, password, onProgress) =>
    invoke('open_document', { path, password, onProgress: channel(onProgress) }),
  documentBytes: async (id) => {
    const bytes = await invoke<ArrayBuffer | number[]>('document_bytes', { id });
    return bytes instanceof ArrayBuffer ? bytes : new Uint8Array(bytes).buffer;
  },
  knownReading: (id) => invoke('known_reading', { id }),
  refineDocument: (id, onProgress) => invoke('refine_document', { id, onProgress: channel(onProgress) }),
  cancelRefining: (id) => invoke('cancel_refining', { id }),
  currentReading: (id) => invoke('current_reading', { id }),
  review: (id, action) => invoke('review_document', { id, action }),
  undoReview: (id) => invoke('undo_review', { id }),
  redoReview: (id) => invoke('redo_review', { id }),
  closeDocument: (id) => invoke('close_document', { id }),
  exportContract: (id, format) => invoke('export_contract', { id, format }),
  matrix: () => invoke('matrix'),
  acceptCells: (cells) => invoke('accept_cells', { cells }),
  confirmAbsentCells: (cells) => invoke('confirm_absent_cells', { cells }),
  exportMatrix: (sha256s, categories) => invoke('export_matrix', { sha256s, categories }),
  preferences: () => invoke('preferences'),
  savePreferences: (preferences) => invoke('save_preferences', { preferences }),
  running: (id) => invoke('running', { id }),
  measurements: () => invoke('measurements'),
  measure: (onProgress) => invoke('measure', { onProgress: channel(onProgress) }),
  cancelMeasuring: () => invoke('cancel_measuring'),
  models: () => invoke('models'),
  chooseModelFolder: () => invoke('choose_model_folder'),
  importModel: (request, onProgress) => invoke('import_model', { request, onProgress: channel(onProgress) }),
  cancelImport: () => invoke('cancel_import'),
  verifyModel: (name) => invoke('verify_model', { name }),
  removeModel: (name) => invoke('remove_model', { name }),
  backups: () => invoke('backups'),
  backUp: () => invoke('back_up'),
  restoreBackup: (name) => invoke('restore_backup', { name }),
  beginAnew: () => window.location.reload(),
  onDocumentsOffered: (listener) => subscribe('documents-offered', listener),
  onDocumentsHover: (listener) => subscribe('documents-hover', listener),
};
