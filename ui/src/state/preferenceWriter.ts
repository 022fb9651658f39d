// Saves the preferences as they change, one save at a time and always the newest last.
import { toErrorView, type Backend } from '../backend';
import type { AppStore } from './appState';

export interface PreferenceWriter {
  save(): void;
  /** Resolves when nothing is left to be saved. */
  settled(): Promise<void>;
}

export function createPreferenceWriter(
  store: AppStore,
  backend: Backend,
  on: { saved: () => void; failure: (message: string) => void },
): PreferenceWriter {
  let saving: Promise<void> | null = null;
  let stale = false;

  async function write(): Promise<void> {
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
    saving = null;
  }

  return {
    save() {
      stale = true;
      saving ??= write();
    },
    settled: async () => saving ?? undefined,
  };
}
