// The backups that the fixtures pretend to have.
import type { Backend } from './backend';
import { failure } from './fixtureModels';
import type { BackupView } from './types';

/** `?backups=` in the address: some, none yet, or such that none can be made or restored. */
export type BackupsSetup = 'some' | 'none' | 'fails';

const KEY = 'proviso-fixture-backups';
const DAY = 24 * 60 * 60 * 1000;
const NEWEST = Date.parse('2026-11-27T08:05:00Z');

const SOME: BackupView[] = [0, 1, 2, 7].map((age, index) => ({
  name: `00000${9 - index}-backup.sqlite`,
  madeAt: NEWEST - age * DAY,
  contracts: 12 - index,
  decisions: 214 - 40 * index,
  megabytes: 3.1 - index / 10,
  beforeRestoring: false,
}));

export function createBackupRoom(
  setup: {
    backups: BackupsSetup;
    session: Pick<Storage, 'getItem' | 'setItem'>;
    dropTarget: Window | null;
    sleep: (milliseconds: number) => Promise<void>;
  },
  note: (command: string, args: unknown) => void,
): Pick<Backend, 'backups' | 'backUp' | 'restoreBackup' | 'beginAnew'> {
  // Kept as long as the tab is open, as the window begins anew when one is restored.
  const kept = () =>
    JSON.parse(
      setup.session.getItem(KEY) ?? JSON.stringify(setup.backups === 'none' ? [] : SOME),
    ) as BackupView[];
  const view = () => ({ folder: '/home/mara/.local/share/proviso/backups', backups: kept() });
  const add = (beforeRestoring: boolean) => {
    const backup = {
      name: `0000${10 + kept().length}-backup.sqlite`,
      madeAt: NEWEST + DAY,
      contracts: 13,
      decisions: 220,
      megabytes: 3.2,
      beforeRestoring,
    };
    setup.session.setItem(KEY, JSON.stringify([backup, ...kept()]));
    return view();
  };
  return {
    backups: async () => {
      note('backups', {});
      return view();
    },
    backUp: async () => {
      note('back_up', {});
      await setup.sleep(40);
      if (setup.backups === 'fails')
        throw failure('failed', 'the disk with “backups” is full; make room on it and try again');
      return add(false);
    },
    restoreBackup: async (name) => {
      note('restore_backup', { name });
      await setup.sleep(40);
      if (setup.backups === 'fails')
        throw failure('failed', 'another Proviso is using the database; close its other windows');
      return add(true);
    },
    beginAnew: () => {
      note('begin_anew', {});
      setup.dropTarget?.location.reload();
    },
  };
}
