// Saves the preferences as they change, one save at a time and always the newest last.
import { toErrorView, type Backend } from '../backend';
import type { AppStore } from './appState';

export function createPreferenceWriter(
  store: AppStore,
  backend: Backend,
  on: { saved: () => void; failure: (message: string) => void },
): { save: () => void } {
  let saving = false;
  let stale = false;

  async function write(): Promise<void> {
    saving = true;
    do {
      stale = false;
      try {
        const { notice } = await backend.savePreferences(store.getState().preferences);
        if (notice !== null) store.setState({ notice });
        on.saved();
      } catch (reason) {
        on.failure(toErrorView(reason).message);
      }
    } while (stale);
    saving = false;
  }

  return {
    save() {
      stale = true;
      if (!saving) void write();
    },
  };
}
