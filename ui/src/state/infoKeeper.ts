// Asks anew what the program is when a preference that it depends on has been saved: the model, or the person's own questions.
import { toErrorView, type Backend, type Preferences } from '../backend';
import type { AppStore } from './appState';

export interface InfoKeeper {
  /** Notes by which preferences the information in force was told. */
  told(preferences: Preferences): void;
  /** Asks again if they have changed. */
  refresh(): Promise<void>;
}

const concerned = ({ model, questions }: Preferences) => JSON.stringify([model, questions]);

export function createInfoKeeper(
  store: AppStore,
  backend: Backend,
  failure: (message: string) => void,
): InfoKeeper {
  let toldFor = '';
  return {
    told: (preferences) => {
      toldFor = concerned(preferences);
    },
    async refresh() {
      const now = concerned(store.getState().preferences);
      if (now === toldFor) return;
      toldFor = now;
      try {
        const info = await backend.appInfo();
        if (toldFor === now) store.setState({ info });
      } catch (reason) {
        if (toldFor === now) toldFor = '';
        failure(toErrorView(reason).message);
      }
    },
  };
}
