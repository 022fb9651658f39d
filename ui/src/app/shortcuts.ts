// The keys of the window, in one table for the handler and the sheet that shows them.
export type Command =
  'next' | 'previous' | 'show' | 'open' | 'export' | 'preferences' | 'shortcuts' | 'deselect' | 'filter';

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
  { command: 'preferences', keys: [','], shown: [','], text: 'Preferences' },
  { command: 'shortcuts', keys: ['?'], shown: ['?'], text: 'This list of keys' },
  { command: 'deselect', keys: ['Escape'], shown: ['Esc'], text: 'Close what is open, or select nothing' },
];

/** Keys that are handled where they act; listed for the sheet only. */
export const OTHER_KEYS: { shown: string[]; text: string }[] = [
  { shown: ['Space'], text: 'Show the whole text of a clause, while it has the focus' },
  { shown: ['Ctrl +', 'Ctrl −'], text: 'Zoom in and out' },
  { shown: ['Ctrl 0', 'Ctrl 2'], text: 'Fit the page to the width, or as a whole' },
  { shown: ['Ctrl 1'], text: 'Actual size' },
  { shown: ['Ctrl Shift R'], text: 'Turn the pages' },
  { shown: ['Ctrl F'], text: 'Find words in the contract' },
  { shown: ['F3', 'Shift F3'], text: 'Next and previous place with these words' },
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
