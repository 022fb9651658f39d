// A list of buttons of which the Tab key reaches one; the arrow keys go on from it.
import { useCallback } from 'react';

export function useRovingFocus(): (event: React.KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-roving]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (at === -1) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  }, []);
}
