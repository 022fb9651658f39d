// Chooses the backend: the window's, or in a plain browser (never in a production build) the fixtures.
import type { Backend } from './backend';

export async function connectBackend(): Promise<Backend> {
  if (import.meta.env.MODE === 'production' || '__TAURI_INTERNALS__' in window) {
    return (await import('./tauri')).tauriBackend;
  }
  const { createFixtureBackend, fixturesFromAddress } = await import('./fixtures');
  return createFixtureBackend(fixturesFromAddress(window));
}

export { toErrorView } from './backend';
export { DEFAULT_PREFERENCES } from './defaultPreferences';
export type { Backend, Unsubscribe } from './backend';
export type * from './types';
