// What the window works on is kept at every change.
import { expect, test } from 'vitest';
import { createAppStore } from './appState';
import { newContract } from './contract';
import { keepDesk } from './deskKeeper';
import { createFixtureBackend, testSetup } from '../testBackend';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('the contracts are kept in their order at every change, and nothing else is', async () => {
  const backend = createFixtureBackend(testSetup());
  const store = createAppStore();
  const calls: [string[], string | null][] = [];
  backend.keepDesk = async (paths, inView) => void calls.push([paths, inView]);
  keepDesk(store, backend, () => undefined);
  const contracts = [newContract(1, '/b.pdf'), newContract(2, '/a.pdf')];
  store.setState({ contracts, activeKey: 2 });
  await settled();
  store.setState({ filter: 'law' });
  await settled();
  expect(calls).toEqual([[['/b.pdf', '/a.pdf'], '/a.pdf']]);
  store.setState({ contracts: [] });
  await settled();
  expect(calls.at(-1)).toEqual([[], null]);
});

test('changes while one is written end with the newest, and a failure is said once', async () => {
  const backend = createFixtureBackend(testSetup());
  const store = createAppStore();
  const written: string[][] = [];
  const failures: string[] = [];
  backend.keepDesk = async (paths) => {
    written.push(paths);
    await settled();
    return Promise.reject({ code: 'failed', message: 'The disk is full.' });
  };
  keepDesk(store, backend, (message) => failures.push(message));
  for (const name of ['/a.pdf', '/b.pdf', '/c.pdf']) store.setState({ contracts: [newContract(1, name)] });
  await settled();
  await settled();
  await settled();
  expect(written).toEqual([['/a.pdf'], ['/c.pdf']]);
  expect(failures).toEqual(['The disk is full.']);
});
