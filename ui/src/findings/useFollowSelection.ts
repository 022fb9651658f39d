// Keeps the selected finding in sight, and the focus on it while the focus is in the list.
import { useEffect, type RefObject } from 'react';

export function useFollowSelection(panel: RefObject<HTMLElement | null>, selected: number | null): void {
  useEffect(() => {
    if (selected === null) return;
    const item = panel.current?.querySelector<HTMLElement>(`[data-finding-id="${selected}"]`);
    if (!item) return;
    item.scrollIntoView({ block: 'nearest' });
    const focused = document.activeElement;
    if (focused !== item && focused?.getAttribute('role') === 'option') item.focus({ preventScroll: true });
  }, [panel, selected]);
}
