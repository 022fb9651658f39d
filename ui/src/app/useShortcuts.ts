// Carries out the keys of the window. While a dialog is open, its own keys are the only ones.
import { useEffect } from 'react';
import { isTyping } from '../shared/keys';
import { activeContract } from '../state/appState';
import { useAppModel } from '../state/react';
import { commandFor, IN_MATRIX, type Command } from './shortcuts';

export function useShortcuts(): void {
  const { store, actions } = useAppModel();

  useEffect(() => {
    const comparing = () => store.getState().matrix.open;
    const commands: Record<Command, () => void> = {
      next: () => actions.step(1),
      previous: () => actions.step(-1),
      show: () => {
        const selected = activeContract(store.getState())?.selected ?? null;
        if (selected !== null) actions.jump({ kind: 'finding', id: selected });
      },
      open: () => void actions.choose(),
      export: () => {
        // The matrix knows what it shows.
        const button = document.querySelector<HTMLElement>('[data-testid="export-matrix"]');
        if (button) button.click();
        else void actions.exportCsv('findings');
      },
      matrix: () => actions.showMatrix(!comparing()),
      preferences: () => actions.showPanel('preferences'),
      shortcuts: () => actions.showPanel('shortcuts'),
      deselect: () => actions.select(null, false),
      filter: () =>
        document.querySelector<HTMLElement>('[data-testid="filter"], [data-testid="matrix-filter"]')?.focus(),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = commandFor(event, isTyping(event.target));
      // Enter on a button presses the button.
      const pressesButton =
        command === 'show' &&
        event.target instanceof Element &&
        event.target.matches('button, summary, select');
      if (!command || pressesButton || (comparing() && !IN_MATRIX.includes(command))) return;
      event.preventDefault();
      commands[command]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, actions]);
}
