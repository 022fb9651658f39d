// What a person can do, apart from the queue.
import { toErrorView, type Backend, type ExportLayout, type Preferences, type Unsubscribe } from '../backend';
import { activeContract, changeContract, type AppStore, type Jump, type Panel, type Toast } from './appState';
import { arrange, inOrder, narrow, neighbour, wereChecked } from './arrange';
import { createChecker, type Checker } from './checking';
import { createImporter, type Importer } from './importing';
import { createInfoKeeper } from './infoKeeper';
import { createMatrixKeeper, type MatrixKeeper } from './matrix';
import { createMeasurer, type Measurer } from './measuring';
import { createModelKeeper, type ModelKeeper } from './models';
import { createPreferenceWriter } from './preferenceWriter';
import { createQueue, type Queue } from './queue';
import { createRunningKeeper } from './running';
import { readOtherwise } from './wishes';

export interface Actions extends Queue, Measurer, Checker, Importer, ModelKeeper, MatrixKeeper {
  /** Loads what is needed once and opens what the program was started with. */
  start(): Promise<void>;
  /** Listens to what is dropped on the window. */
  listen(): Unsubscribe;
  choose(): Promise<void>;
  activate(key: number): void;
  exportCsv(layout: ExportLayout): Promise<void>;
  setPreferences(change: Partial<Preferences>): void;
  /** Asks again what runs here. */
  refreshRunning(): void;
  /** Reads again the contracts that were read with other preferences. */
  readAgain(): void;
  /** Selects a finding and, unless it was clicked where it stands, goes there. */
  select(id: number | null, go: boolean): void;
  step(by: 1 | -1): void;
  jump(to: Jump): void;
  setFilter(filter: string): void;
  setFoundOnly(foundOnly: boolean): void;
  setDoubtfulOnly(doubtfulOnly: boolean): void;
  showPanel(panel: Panel): void;
  dismissFailure(key: number): void;
  dismissToast(id: number): void;
  dismissNotice(): void;
}

export function createActions(store: AppStore, backend: Backend): Actions {
  const queue = createQueue(store, backend, (notice) =>
    tell('plain', 'The graphics card was not used as planned', notice),
  );
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
  const matrix = createMatrixKeeper(store, backend, { add: queue.add, tell });
  let lastToast = 0;

  function tell(kind: Toast['kind'], title: string, detail: string | null): void {
    const toast = { id: (lastToast += 1), kind, title, detail };
    store.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-4) }));
  }

  function setPreferences(change: Partial<Preferences>): void {
    store.setState(({ preferences }) => ({ preferences: { ...preferences, ...change } }));
    writer.save();
  }

  function select(id: number | null, go: boolean): void {
    const { activeKey } = store.getState();
    if (activeKey === null) return;
    changeContract(store, activeKey, { selected: id });
    if (go && id !== null) store.setState({ jump: { kind: 'finding', id } });
  }

  return {
    ...queue,
    ...measurer,
    ...models,
    ...checker,
    ...importer,
    ...matrix,
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
        queue.add(await backend.launchDocuments());
      } catch (reason) {
        tell('bad', 'The contracts could not be opened', toErrorView(reason).message);
      }
    },
    listen() {
      const stops = [
        backend.onDocumentsOffered((paths) => {
          store.setState({ hovering: false });
          if (paths.length > 0) queue.add(paths);
          else tell('bad', 'Nothing to open', 'What was dropped holds no PDF.');
        }),
        backend.onDocumentsHover((hovering) => store.setState({ hovering })),
      ];
      return () => stops.forEach((stop) => stop());
    },
    async choose() {
      try {
        queue.add(await backend.chooseDocuments());
      } catch (reason) {
        tell('bad', 'The files could not be chosen', toErrorView(reason).message);
      }
    },
    activate: (key) => store.setState({ activeKey: key, jump: null }),
    async exportCsv(layout) {
      const contract = activeContract(store.getState());
      if (!contract?.document || !contract.reading || store.getState().exporting) return;
      store.setState({ exporting: true });
      try {
        const exported = await backend.exportCsv(contract.document.id, layout);
        if (exported) {
          const rows = exported.rows === 1 ? '1 row' : `${exported.rows} rows`;
          tell('good', `Exported ${rows}`, exported.path);
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
    select,
    step(by) {
      const state = store.getState();
      const contract = activeContract(state);
      if (!contract?.reading || !state.info) return;
      const groups = arrange(state.info.groups, contract.reading.findings, state.preferences.thresholds);
      const doubtfulOnly = state.doubtfulOnly && wereChecked(contract.reading.findings);
      const shown = narrow(groups, { filter: state.filter, doubtfulOnly });
      const next = neighbour(inOrder(shown), contract.selected, by);
      if (next) select(next.id, true);
    },
    jump: (to) => store.setState({ jump: { ...to } }),
    setFilter: (filter) => store.setState({ filter }),
    setFoundOnly: (foundOnly) => store.setState({ foundOnly }),
    setDoubtfulOnly: (doubtfulOnly) => store.setState({ doubtfulOnly }),
    showPanel: (panel) => store.setState({ panel }),
    dismissFailure: (key) => changeContract(store, key, { dismissed: true }),
    dismissToast: (id) =>
      store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
    dismissNotice: () => store.setState({ notice: null }),
  };
}
