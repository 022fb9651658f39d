// Keeps what runs here, what was measured and which models are here as long as the preferences are in view; answers that are overtaken are dropped.
import { toErrorView, type Backend } from '../backend';
import { activeContract, type AppState, type AppStore } from './appState';

export interface RunningKeeper {
  /** Asks again soon, once for all that changes within a moment. */
  refresh(): void;
}

const openDocument = (state: AppState) => activeContract(state)?.document?.id ?? null;

export function createRunningKeeper(
  store: AppStore,
  backend: Backend,
  refreshModels: () => Promise<void>,
  pause = 150,
): RunningKeeper {
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function refresh(after = pause): void {
    const number = (newest += 1);
    clearTimeout(timer);
    timer = setTimeout(() => void ask(number), after);
  }

  async function ask(number: number): Promise<void> {
    const keep = (change: Partial<AppState>) => {
      if (number === newest) store.setState(change);
    };
    const told = async () => {
      try {
        keep({ running: await backend.running(openDocument(store.getState())), runningFault: null });
      } catch (reason) {
        keep({ runningFault: toErrorView(reason).message });
      }
    };
    const measured = async () => {
      // A measuring answers with its figures itself.
      if (store.getState().measuring.stage === 'running') return;
      try {
        keep({ measurements: await backend.measurements(), measurementsFault: null });
      } catch (reason) {
        keep({ measurementsFault: toErrorView(reason).message });
      }
    };
    await Promise.all([told(), measured(), refreshModels()]);
  }

  store.subscribe((state, before) => {
    if (state.panel !== 'preferences') return;
    if (before.panel !== 'preferences') refresh(0);
    else if (openDocument(state) !== openDocument(before)) refresh();
  });

  return { refresh: () => refresh() };
}
