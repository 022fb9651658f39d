// Backups made and restored, and what is said where that is not possible.
import { expect, test } from 'vitest';
import { createFixtureBackend, testSetup } from '../testBackend';
import { createAppStore } from './appState';
import { createBackupKeeper } from './backups';

function begin(backups: 'some' | 'none' | 'fails' = 'some') {
  const setup = testSetup({ backups });
  const store = createAppStore();
  const keeper = createBackupKeeper(store, createFixtureBackend(setup));
  const commands = () => setup.calls.map(({ command }) => command);
  return { keeper, commands, desk: () => store.getState().backups };
}

test('a backup is made and listed first', async () => {
  const { keeper, desk } = begin('none');
  await keeper.refreshBackups();
  expect(desk().view?.backups).toEqual([]);
  await keeper.backUp();
  expect(desk().view?.backups).toHaveLength(1);
  expect(desk().stage).toBe('idle');
});

test('a backup is restored once, and the window begins anew', async () => {
  const { keeper, commands, desk } = begin();
  await keeper.refreshBackups();
  const name = desk().view?.backups.at(-1)?.name ?? '';
  const first = keeper.restoreBackup(name);
  expect(desk().stage).toBe('restoring');
  await Promise.all([first, keeper.restoreBackup(name), keeper.backUp()]);
  expect(commands().filter((command) => command !== 'backups')).toEqual(['restore_backup', 'begin_anew']);
  expect(desk().view?.backups[0]?.beforeRestoring).toBe(true);
});

test('what is not possible is said, and nothing begins anew', async () => {
  const { keeper, commands, desk } = begin('fails');
  await keeper.refreshBackups();
  await keeper.restoreBackup(desk().view?.backups[0]?.name ?? '');
  expect(desk().fault).toContain('another Proviso is using');
  expect(commands()).not.toContain('begin_anew');
  await keeper.backUp();
  expect(desk().fault).toContain('is full');
});
