// Keeps the place where the person is in sight, and the focus on it unless they are busy elsewhere.
import { useEffect, type RefObject } from 'react';

export function useFollowSelection(
  panel: RefObject<HTMLElement | null>,
  selected: number | null,
  absent: string | null,
): void {
  useEffect(() => {
    if (selected === null && absent === null) return;
    const entry =
      absent === null
        ? null
        : panel.current?.querySelector<HTMLElement>(`[data-absent="${CSS.escape(absent)}"]`);
    const item =
      entry ??
      panel.current?.querySelector<HTMLElement>(`[data-testid="finding"][data-finding-id="${selected}"]`);
    if (!item) return;
    item.scrollIntoView({ block: 'nearest' });
    const target = entry?.querySelector<HTMLElement>('[data-testid="confirm-absent"]') ?? item;
    if (!entry?.contains(document.activeElement) && isFree(document.activeElement))
      target.focus({ preventScroll: true });
  }, [panel, selected, absent]);
}

/** The focus is nowhere, on a clause or category that was decided, or on the choice of what is listed. */
function isFree(focused: Element | null): boolean {
  if (focused === null || focused === document.body) return true;
  return (
    focused.closest('[data-testid="finding"], [data-absent], .show-control') !== null &&
    !focused.matches('textarea')
  );
}
