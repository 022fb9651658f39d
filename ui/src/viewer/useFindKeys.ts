// The keys of finding: Ctrl+F anywhere in the window, F3 for the next place, Escape to put the bar away.
import { useEffect } from 'react';
import type { Find } from './useFind';

/** Longer selections are no words to look for. */
const LONGEST = 120;

export function useFindKeys({ open, words, show, hide, step }: Find): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const held = event.ctrlKey || event.metaKey;
      if (held && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f') show(selectedWords());
      else if (event.key === 'F3' && open) step(event.shiftKey ? -1 : 1);
      else if (event.key === 'F3' && words !== '') show(null);
      else if (event.key === 'Escape' && open && isInPages(event.target)) hide();
      else return;
      event.preventDefault();
    };
    // Before the window's own keys, for which Escape means something else.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [open, words, show, hide, step]);
}

/** Words selected on one line of a page, which are likely to be what is looked for. */
function selectedWords(): string | null {
  const selection = window.getSelection();
  const inText = selection?.anchorNode?.parentElement?.closest('.textLayer');
  const words = selection?.toString().trim() ?? '';
  return inText && words !== '' && words.length <= LONGEST && !words.includes('\n') ? words : null;
}

function isInPages(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  // What is open over the pages closes first.
  if (target.closest('.zoom-menu, .legend')) return false;
  return target === document.body || target.closest('.viewer') !== null;
}
