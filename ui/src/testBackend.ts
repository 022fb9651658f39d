// The fixture backend for unit tests: files from the folder, no waiting, preferences in a map.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixtureBackend, type FixtureCall, type FixtureSetup } from './backend/fixtures';

export function testSetup(change: Partial<FixtureSetup> = {}): FixtureSetup {
  const kept = new Map<string, string>();
  const calls: FixtureCall[] = [];
  return {
    launch: [],
    choose: [],
    queue: { waiting: 0, paused: false },
    machine: 'laptop',
    measuring: 'ends',
    models: 'several',
    matrix: { course: 'ends', contracts: 12 },
    backups: 'some',
    importing: 'ends',
    refining: 'ends',
    reviewing: 'ends',
    load: async (file) => {
      const bytes = await readFile(path.join(import.meta.dirname, '../fixtures', file));
      return new Uint8Array(bytes).buffer;
    },
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    session: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    dropTarget: null,
    calls,
    sleep: () => new Promise((wake) => setTimeout(wake, 0)),
    ...change,
  };
}

export { createFixtureBackend };
