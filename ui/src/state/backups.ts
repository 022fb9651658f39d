// Backups of contracts and decisions: listed, made, and restored.
import { toErrorView, type Backend, type BackupsView } from '../backend';
import type { AppStore } from './appState';

export interface BackupDesk {
  stage: 'idle' | 'saving' | 'restoring';
  /** What was told last. */
  view: BackupsView | null;
  /** Why it could not be told, or what was wanted could not be done. */
  fault: string | null;
}

export const NO_BACKUPS: BackupDesk = { stage: 'idle', view: null, fault: null };

export interface BackupKeeper {
  /** Asks again which backups there are. */
  refreshBackups(): Promise<void>;
  backUp(): Promise<void>;
  /** Puts a backup in the place of everything that is kept; the window then begins anew with it. */
  restoreBackup(name: string): Promise<void>;
}

export function createBackupKeeper(store: AppStore, backend: Backend): BackupKeeper {
  function change(desk: Partial<BackupDesk>): void {
    store.setState(({ backups }) => ({ backups: { ...backups, ...desk } }));
  }

  /** One thing at a time; a second wish meanwhile is not heard. */
  async function during(stage: BackupDesk['stage'], ask: () => Promise<BackupsView>): Promise<boolean> {
    if (store.getState().backups.stage !== 'idle') return false;
    change({ stage, fault: null });
    try {
      change({ view: await ask(), stage: 'idle' });
      return true;
    } catch (reason) {
      change({ stage: 'idle', fault: toErrorView(reason).message });
      return false;
    }
  }

  return {
    async refreshBackups() {
      try {
        const view = await backend.backups();
        change({ view, fault: null });
      } catch (reason) {
        change({ fault: toErrorView(reason).message });
      }
    },
    async backUp() {
      await during('saving', () => backend.backUp());
    },
    async restoreBackup(name) {
      // Everything that is shown is from before.
      if (await during('restoring', () => backend.restoreBackup(name))) backend.beginAnew();
    },
  };
}
