// Keeps which contracts the window works on, so that it begins with them the next time.
import { toErrorView, type Backend } from '../backend';
import { activeContract, type AppStore } from './appState';

/** Begins to keep the contracts at every change, one save at a time and always the newest last. */
export function keepDesk(store: AppStore, backend: Backend, onFailure: (message: string) => void): void {
  let kept = '';
  let saving = false;
  let told = false;

  const desk = () => {
    const state = store.getState();
    return {
      paths: state.contracts.map(({ path }) => path),
      inView: activeContract(state)?.path ?? null,
    };
  };

  async function save(): Promise<void> {
    if (saving) return;
    saving = true;
    for (let next = desk(); JSON.stringify(next) !== kept; next = desk()) {
      kept = JSON.stringify(next);
      try {
        await backend.keepDesk(next.paths, next.inView);
      } catch (reason) {
        // Said once: the work itself goes on.
        if (!told) onFailure(toErrorView(reason).message);
        told = true;
      }
    }
    saving = false;
  }

  kept = JSON.stringify(desk());
  store.subscribe(() => void save());
}
