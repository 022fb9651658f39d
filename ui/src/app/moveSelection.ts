// Moves the selection of words on a page by the arrow keys, as if there were a cursor in the text.
type Direction = 'forward' | 'backward';

const ARROWS: Record<string, [Direction, 'word' | 'line']> = {
  ArrowRight: ['forward', 'word'],
  ArrowLeft: ['backward', 'word'],
  ArrowDown: ['forward', 'line'],
  ArrowUp: ['backward', 'line'],
};

/** Whether the key moved something. */
export function moveSelection({ key, shiftKey, altKey }: KeyboardEvent): boolean {
  const arrow = ARROWS[key];
  const selection = window.getSelection();
  if (!arrow || !selection || selection.rangeCount === 0) return false;
  const [direction, unit] = arrow;
  if (altKey) {
    swapEnds(selection);
    selection.modify('extend', direction, unit);
    swapEnds(selection);
  } else if (shiftKey) {
    selection.modify('extend', direction, unit);
  } else {
    moveToWord(selection, direction, unit);
  }
  const line = selection.focusNode?.parentElement;
  line?.scrollIntoView({ block: 'nearest' });
  return true;
}

/** Steps over the ends of lines and empty ones, where there is no word. */
const TRIES = 5;

function moveToWord(selection: Selection, direction: Direction, unit: 'word' | 'line'): void {
  for (let step = 0; step < TRIES; step += 1) {
    if (direction === 'forward') selection.collapseToEnd();
    else selection.collapseToStart();
    selection.modify('move', direction, unit);
    selection.modify('extend', 'forward', 'word');
    if (selection.toString().trim() !== '') return;
  }
}

function swapEnds(selection: Selection): void {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  if (anchorNode && focusNode) selection.setBaseAndExtent(focusNode, focusOffset, anchorNode, anchorOffset);
}
