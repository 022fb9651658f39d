// The keys of the window, in one table for the handler and the sheet that shows them.
export type Command =
  | 'next'
  | 'previous'
  | 'nextUnreviewed'
  | 'previousUnreviewed'
  | 'show'
  | 'accept'
  | 'reject'
  | 'reopen'
  | 'confirmAbsent'
  | 'edit'
  | 'add'
  | 'note'
  | 'undo'
  | 'redo'
  | 'open'
  | 'openFolder'
  | 'export'
  | 'preferences'
  | 'shortcuts'
  | 'deselect'
  | 'filter'
  | 'matrix';

export type Part = 'Review' | 'Go' | 'Window';

interface Shortcut {
  command: Command;
  keys: string[];
  /** As the sheet shows them. */
  shown: string[];
  text: string;
  part: Part;
}

export const SHORTCUTS: Shortcut[] = [
  { part: 'Review', command: 'accept', keys: ['a'], shown: ['a'], text: 'Accept the clause or passage' },
  { part: 'Review', command: 'reject', keys: ['x'], shown: ['x'], text: 'Reject it' },
  { part: 'Review', command: 'reopen', keys: ['u'], shown: ['u'], text: 'Take the decision back' },
  {
    part: 'Review',
    command: 'confirmAbsent',
    keys: ['c'],
    shown: ['c'],
    text: 'Confirm that there is no clause of a missing category',
  },
  { part: 'Review', command: 'edit', keys: ['e'], shown: ['e'], text: 'Select other words for the clause' },
  {
    part: 'Review',
    command: 'add',
    keys: ['i', '+'],
    shown: ['i', '+'],
    text: 'Add a clause from the words that are selected',
  },
  { part: 'Review', command: 'note', keys: ['n'], shown: ['n'], text: 'Write a note' },
  { part: 'Review', command: 'undo', keys: ['z'], shown: ['z'], text: 'Undo the last step' },
  { part: 'Review', command: 'redo', keys: ['Z', 'y'], shown: ['Shift Z', 'y'], text: 'Do it again' },
  { part: 'Go', command: 'next', keys: ['j'], shown: ['j', '↓'], text: 'Next clause' },
  { part: 'Go', command: 'previous', keys: ['k'], shown: ['k', '↑'], text: 'Previous clause' },
  {
    part: 'Go',
    command: 'nextUnreviewed',
    keys: ['J'],
    shown: ['Shift J'],
    text: 'Next one to be decided, missing categories too',
  },
  {
    part: 'Go',
    command: 'previousUnreviewed',
    keys: ['K'],
    shown: ['Shift K'],
    text: 'Previous one to be decided',
  },
  {
    part: 'Go',
    command: 'show',
    keys: ['Enter'],
    shown: ['Enter'],
    text: 'Show the selected clause on its page',
  },
  { part: 'Go', command: 'filter', keys: ['/'], shown: ['/'], text: 'Filter the clauses' },
  { part: 'Window', command: 'open', keys: ['o'], shown: ['o'], text: 'Open contracts' },
  {
    part: 'Window',
    command: 'openFolder',
    keys: ['O'],
    shown: ['Shift O'],
    text: 'Open a folder of contracts',
  },
  {
    part: 'Window',
    command: 'export',
    keys: ['s'],
    shown: ['s'],
    text: 'Export the clauses as CSV',
  },
  {
    part: 'Window',
    command: 'matrix',
    keys: ['m'],
    shown: ['m'],
    text: 'All contracts side by side, or one',
  },
  { part: 'Window', command: 'preferences', keys: [','], shown: [','], text: 'Preferences' },
  { part: 'Window', command: 'shortcuts', keys: ['?'], shown: ['?'], text: 'This list of keys' },
  {
    part: 'Window',
    command: 'deselect',
    keys: ['Escape'],
    shown: ['Esc'],
    text: 'Close what is open, or select nothing',
  },
];

/** What keys do while all contracts are side by side; the others are meant for the one in view. */
export const IN_MATRIX: Command[] = [
  'matrix',
  'open',
  'openFolder',
  'export',
  'filter',
  'preferences',
  'shortcuts',
];

/** Keys that are handled where they act; listed for the sheet only. */
export const OTHER_KEYS: { part: Part; shown: string[]; text: string }[] = [
  { part: 'Go', shown: ['Space'], text: 'Show the whole text of a clause, while it has the focus' },
  { part: 'Window', shown: ['Ctrl +', 'Ctrl −'], text: 'Zoom in and out' },
  { part: 'Window', shown: ['Ctrl 0', 'Ctrl 2'], text: 'Fit the page to the width, or as a whole' },
  { part: 'Window', shown: ['Ctrl 1'], text: 'Actual size' },
  { part: 'Window', shown: ['Ctrl Shift R'], text: 'Turn the pages' },
  { part: 'Go', shown: ['Ctrl F'], text: 'Find words in the contract' },
  { part: 'Go', shown: ['F3', 'Shift F3'], text: 'Next and previous place with these words' },
  {
    part: 'Go',
    shown: ['Space', 'Shift ↓'],
    text: 'All contracts: select a cell, a row or a column; more of them',
  },
  {
    part: 'Go',
    shown: ['p', 'h'],
    text: 'All contracts: pin or hide the row or column whose head has the focus',
  },
  {
    part: 'Go',
    shown: ['Alt ↑', 'Alt ↓', 'Alt Home'],
    text: 'Queue: read the contract with the focus earlier, later, or next',
  },
  { part: 'Go', shown: ['Delete'], text: 'Queue: take the contract with the focus out' },
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
