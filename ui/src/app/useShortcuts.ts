// Carries out the keys of the window. While a dialog is open, its own keys are the only ones.
import { useEffect } from 'react';
import { isTyping } from '../shared/keys';
import type { Actions } from '../state/actions';
import { activeContract, type AppStore } from '../state/appState';
import { useAppModel } from '../state/react';
import { moveSelection } from './moveSelection';
import { commandFor, IN_MATRIX, type Command } from './shortcuts';

function commandsOf(store: AppStore, actions: Actions): Record<Command, () => void> {
  return {
    next: () => actions.step(1),
    previous: () => actions.step(-1),
    nextUnreviewed: () => actions.stepUnreviewed(1),
    previousUnreviewed: () => actions.stepUnreviewed(-1),
    show: () => {
      const selected = activeContract(store.getState())?.selected ?? null;
      if (selected !== null) actions.jump({ kind: 'finding', id: selected });
    },
    accept: () => actions.decide('accept'),
    reject: () => actions.decide('reject'),
    reopen: () => actions.reopen(),
    confirmAbsent: () => actions.confirmAbsent(),
    edit: () => actions.startEdit(),
    add: () => actions.startAdd(),
    note: () => actions.startNote(),
    undo: () => actions.undo(),
    redo: () => actions.redo(),
    open: () => void actions.choose(),
    openFolder: () => void actions.chooseFolder(),
    export: () => {
      // The matrix knows what it shows.
      const button = document.querySelector<HTMLElement>('[data-testid="export-matrix"]');
      if (button) button.click();
      else void actions.exportContract('findings');
    },
    matrix: () => actions.showMatrix(!store.getState().matrix.open),
    preferences: () => actions.showPanel('preferences'),
    shortcuts: () => actions.showPanel('shortcuts'),
    deselect: () => actions.select(null, false),
    filter: () =>
      document.querySelector<HTMLElement>('[data-testid="filter"], [data-testid="matrix-filter"]')?.focus(),
  };
}

/** While words are selected for a clause, only Enter, Escape and the keys that select do something. */
function onSelectingKey(event: KeyboardEvent, actions: Actions): void {
  const onButton = event.target instanceof Element && event.target.matches('button');
  if (event.key === 'Escape') actions.leaveMode();
  else if (event.key === 'Enter' && !onButton) actions.takeWords();
  else if (!moveSelection(event)) return;
  event.preventDefault();
}

export function useShortcuts(): void {
  const { store, actions } = useAppModel();

  useEffect(() => {
    const comparing = () => store.getState().matrix.open;
    const commands = commandsOf(store, actions);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const typing = isTyping(event.target);
      const { kind } = store.getState().mode;
      if ((kind === 'edit' || kind === 'find') && !typing) {
        onSelectingKey(event, actions);
        return;
      }
      const command = commandFor(event, typing);
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
