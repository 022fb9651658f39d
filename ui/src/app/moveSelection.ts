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
    if (direction === 'forward') selection.collapseToEnd();
    else selection.collapseToStart();
    selection.modify('move', direction, unit);
    selection.modify('extend', 'forward', 'word');
  }
  const line = selection.focusNode?.parentElement;
  line?.scrollIntoView({ block: 'nearest' });
  return true;
}

function swapEnds(selection: Selection): void {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  if (anchorNode && focusNode) selection.setBaseAndExtent(focusNode, focusOffset, anchorNode, anchorOffset);
}
