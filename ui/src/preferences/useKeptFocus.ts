// The button that was pressed gives way to another one, which then takes the focus.
import { useEffect, useRef, type RefObject } from 'react';

/** Where `stage` changes and the focus is lost, what `wanted` selects first takes it; with null, nothing does. */
export function useKeptFocus(
  section: RefObject<HTMLElement | null>,
  stage: unknown,
  wanted: string | null = 'button',
): void {
  const was = useRef(stage);
  useEffect(() => {
    if (was.current === stage) return;
    was.current = stage;
    if (wanted === null) return;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body || activeElement.matches('dialog'))
      section.current?.querySelector<HTMLElement>(wanted)?.focus();
  }, [section, stage, wanted]);
}
