// What a person can do, apart from the queue.
import {
  toErrorView,
  type Backend,
  type ExportFormat,
  type Preferences,
  type SelectedView,
  type Unsubscribe,
} from '../backend';
import {
  activeContract,
  changeContract,
  type AppStore,
  type Jump,
  type Panel,
  type Show,
  type Toast,
} from './appState';
import { counted } from '../shared/format';
import { createBackupKeeper, type BackupKeeper } from './backups';
import { createChecker, type Checker } from './checking';
import { createImporter, type Importer } from './importing';
import { createInfoKeeper } from './infoKeeper';
import { createMatrixKeeper, type MatrixKeeper } from './matrix';
import { createMeasurer, type Measurer } from './measuring';
import { createModelKeeper, type ModelKeeper } from './models';
import { createPreferenceWriter } from './preferenceWriter';
import { createQueue, type Queue } from './queue';
import { createReviewer, type Reviewer } from './reviewing';
import { createRunningKeeper } from './running';
import { readOtherwise } from './wishes';

export interface Actions
  extends Queue, Measurer, Checker, Importer, ModelKeeper, Reviewer, MatrixKeeper, BackupKeeper {
  /** Loads what is needed once and opens what the program was started with. */
  start(): Promise<void>;
  /** Listens to what is dropped on the window. */
  listen(): Unsubscribe;
  choose(): Promise<void>;
  chooseFolder(): Promise<void>;
  exportContract(format: ExportFormat): Promise<void>;
  setPreferences(change: Partial<Preferences>): void;
  /** Asks again what runs here. */
  refreshRunning(): void;
  /** Reads again the contracts that were read with other preferences. */
  readAgain(): void;
  jump(to: Jump): void;
  /** What is selected on the pages in view; null where nothing is. */
  setSelection(selection: SelectedView[] | null): void;
  setFilter(filter: string): void;
  setShow(show: Show): void;
  setFoundOnly(foundOnly: boolean): void;
  setDoubtfulOnly(doubtfulOnly: boolean): void;
  showPanel(panel: Panel): void;
  dismissFailure(key: number): void;
  dismissToast(id: number): void;
  dismissNotice(): void;
}

export function createActions(store: AppStore, backend: Backend): Actions {
  const { begin, ...queue } = createQueue(store, backend, {
    notice: (notice) => tell('plain', 'The graphics card was not used as planned', notice),
    failure: (message) => tell('bad', 'The queue of contracts could not be changed', message),
  });
  const models = createModelKeeper(store, backend, {
    changePreferences: (change) => {
      setPreferences(change);
      return writer.settled();
    },
    tell,
  });
  const running = createRunningKeeper(store, backend, models.refreshModels);
  const measurer = createMeasurer(store, backend, { measured: running.refresh, unseen: tell });
  const info = createInfoKeeper(store, backend, (message) =>
    tell('bad', 'The categories could not be looked up', message),
  );
  const writer = createPreferenceWriter(store, backend, {
    saved: () => {
      running.refresh();
      void info.refresh();
    },
    failure: (message) => tell('bad', 'The preferences could not be saved', message),
  });
  const checker = createChecker(store, backend, {
    settled: writer.settled,
    failure: (message) => tell('bad', 'The doubtful clauses could not be checked', message),
  });
  const importer = createImporter(store, backend, {
    imported: running.refresh,
    ended: () => void models.refreshModels(),
    tell,
  });
  const reviewer = createReviewer(store, backend, addToast);
  const matrix = createMatrixKeeper(store, backend, { add, tell });
  let lastToast = 0;

  function tell(kind: Toast['kind'], title: string, detail: string | null): void {
    addToast({ kind, title, detail });
  }

  async function add(paths: string[]): Promise<number | null> {
    try {
      return await queue.add(paths);
    } catch (reason) {
      tell('bad', 'The contracts could not be added to the queue', toErrorView(reason).message);
      return null;
    }
  }

  function addToast(toast: Omit<Toast, 'id'>): void {
    const id = (lastToast += 1);
    store.setState(({ toasts }) => ({
      toasts: [
        ...toasts.filter(({ about }) => about === undefined || about !== toast.about),
        { ...toast, id },
      ].slice(-4),
    }));
  }

  function setPreferences(change: Partial<Preferences>): void {
    store.setState(({ preferences }) => ({ preferences: { ...preferences, ...change } }));
    writer.save();
  }

  return {
    ...queue,
    add,
    ...measurer,
    ...models,
    ...checker,
    ...importer,
    ...reviewer,
    ...matrix,
    ...createBackupKeeper(store, backend),
    refreshRunning: running.refresh,
    async start() {
      try {
        const [told, { preferences, notice }] = await Promise.all([backend.appInfo(), backend.preferences()]);
        info.told(preferences);
        store.setState({ phase: 'ready', info: told, preferences, notice });
      } catch (reason) {
        store.setState({ phase: 'broken', fault: toErrorView(reason).message });
        return;
      }
      try {
        await begin();
        const { paths } = await backend.launchDocuments();
        await queue.add(paths);
      } catch (reason) {
        tell('bad', 'The contracts could not be opened', toErrorView(reason).message);
      }
    },
    listen() {
      const stops = [
        backend.onDocumentsOffered((paths) => {
          store.setState({ hovering: false });
          if (paths.length > 0) void add(paths);
          else tell('bad', 'Nothing to open', 'What was dropped holds no PDF.');
        }),
        backend.onDocumentsHover((hovering) => store.setState({ hovering })),
      ];
      return () => stops.forEach((stop) => stop());
    },
    async choose() {
      try {
        await queue.add(await backend.chooseDocuments());
      } catch (reason) {
        tell('bad', 'The files could not be chosen', toErrorView(reason).message);
      }
    },
    async chooseFolder() {
      try {
        const paths = await backend.chooseFolder();
        if (paths?.length === 0) tell('bad', 'Nothing to open', 'The folder holds no PDF.');
        else if (paths) await queue.add(paths);
      } catch (reason) {
        tell('bad', 'The folder could not be chosen', toErrorView(reason).message);
      }
    },
    async exportContract(format) {
      const contract = activeContract(store.getState());
      if (!contract?.document || !contract.reading || store.getState().exporting) return;
      store.setState({ exporting: true });
      try {
        const exported = await backend.exportContract(contract.document.id, format);
        if (exported) {
          tell('good', `Exported ${inExport(format, exported.rows)}`, exported.path);
        }
      } catch (reason) {
        const { code, message } = toErrorView(reason);
        if (code !== 'cancelled') tell('bad', 'The export failed', message);
      } finally {
        store.setState({ exporting: false });
      }
    },
    setPreferences,
    readAgain() {
      const { contracts, preferences, models: known } = store.getState();
      for (const { key } of readOtherwise(contracts, preferences, known)) queue.retry(key);
    },
    jump: (to) => store.setState({ jump: { ...to } }),
    setSelection: (selection) => store.setState({ selection }),
    setFilter: (filter) => store.setState({ filter }),
    setShow: (show) => store.setState({ show }),
    setFoundOnly: (foundOnly) => store.setState({ foundOnly }),
    setDoubtfulOnly: (doubtfulOnly) => store.setState({ doubtfulOnly }),
    showPanel: (panel) => store.setState({ panel }),
    dismissFailure: (key) => changeContract(store, key, { dismissed: true }),
    dismissToast: (id) =>
      store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
    dismissNotice: () => store.setState({ notice: null }),
  };
}

/** What an exported file holds, in words. */
function inExport(format: ExportFormat, count: number): string {
  const one = { annotatedPdf: 'mark', calendar: 'date', receipt: 'clause' } as const;
  const name = format in one ? one[format as keyof typeof one] : 'row';
  return counted(count, name, `${name}s`);
}
