// The keys of the window, in one table for the handler and the sheet that shows them.
export type Command =
  | 'next'
  | 'previous'
  | 'show'
  | 'open'
  | 'export'
  | 'preferences'
  | 'shortcuts'
  | 'deselect'
  | 'filter'
  | 'matrix';

interface Shortcut {
  command: Command;
  keys: string[];
  /** As the sheet shows them. */
  shown: string[];
  text: string;
}

export const SHORTCUTS: Shortcut[] = [
  { command: 'next', keys: ['j'], shown: ['j', '↓'], text: 'Next clause' },
  { command: 'previous', keys: ['k'], shown: ['k', '↑'], text: 'Previous clause' },
  { command: 'show', keys: ['Enter'], shown: ['Enter'], text: 'Show the selected clause on its page' },
  { command: 'filter', keys: ['/'], shown: ['/'], text: 'Filter the clauses' },
  { command: 'open', keys: ['o'], shown: ['o'], text: 'Open contracts' },
  { command: 'export', keys: ['e'], shown: ['e'], text: 'Export the clauses as CSV' },
  { command: 'matrix', keys: ['m'], shown: ['m'], text: 'All contracts side by side, or one' },
  { command: 'preferences', keys: [','], shown: [','], text: 'Preferences' },
  { command: 'shortcuts', keys: ['?'], shown: ['?'], text: 'This list of keys' },
  { command: 'deselect', keys: ['Escape'], shown: ['Esc'], text: 'Close what is open, or select nothing' },
];

/** What keys do while all contracts are side by side; the others are meant for the one in view. */
export const IN_MATRIX: Command[] = ['matrix', 'open', 'export', 'filter', 'preferences', 'shortcuts'];

/** Keys that are handled where they act; listed for the sheet only. */
export const OTHER_KEYS: { shown: string[]; text: string }[] = [
  { shown: ['Space'], text: 'Show the whole text of a clause, while it has the focus' },
  { shown: ['Ctrl +', 'Ctrl −'], text: 'Zoom in and out' },
  { shown: ['Ctrl 0'], text: 'Fit the page to the width' },
  { shown: ['Space', 'Shift ↓'], text: 'All contracts: select a cell, a row or a column; more of them' },
  { shown: ['p', 'h'], text: 'All contracts: pin or hide the row or column whose head has the focus' },
];

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The command of a key, unless it is meant for the field in which a person types. */
export function commandFor({ key, ctrlKey, metaKey, altKey }: KeyPress, typing: boolean): Command | null {
  if (ctrlKey || metaKey || altKey || typing) return null;
  return SHORTCUTS.find(({ keys }) => keys.includes(key))?.command ?? null;
}
