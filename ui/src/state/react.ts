// Hands the state to components.
import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Actions } from './actions';
import { activeContract, type AppState, type AppStore } from './appState';
import { arrange, type GroupArrangement } from './arrange';
import type { Contract } from './contract';
import type { Backend } from '../backend';

export interface App {
  store: AppStore;
  actions: Actions;
  backend: Backend;
}

const AppContext = createContext<App | null>(null);
export const AppProvider = AppContext.Provider;

export function useAppModel(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('This component stands outside AppProvider.');
  return app;
}

export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useAppModel().store, select);
}

export function useActions(): Actions {
  return useAppModel().actions;
}

export function useActiveContract(): Contract | null {
  return useApp(activeContract);
}

const NO_GROUPS: GroupArrangement[] = [];

/** The findings of the contract in view, sorted by the thresholds in force. */
export function useArrangement(): GroupArrangement[] {
  const groups = useApp(({ info }) => info?.groups);
  const thresholds = useApp(({ preferences }) => preferences.thresholds);
  const findings = useApp((state) => activeContract(state)?.reading?.findings);
  return useMemo(
    () => (groups && findings ? arrange(groups, findings, thresholds) : NO_GROUPS),
    [groups, findings, thresholds],
  );
}
