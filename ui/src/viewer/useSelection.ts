// Tells the state which text of the pages is selected, in PDF user space.
import { useCallback, useEffect, type RefObject } from 'react';
import type { SelectedView } from '../backend';
import { useActions } from '../state/react';
import type { PageViewport } from './pdf';
import { rectsOfRange } from './textRects';

export function useSelection(
  scroller: RefObject<HTMLDivElement | null>,
  /** Where the points of a drawn page lie. */
  viewportAt: (page: number) => PageViewport | undefined,
): void {
  const { setSelection } = useActions();

  const tell = useCallback(() => {
    const node = scroller.current;
    const selection = window.getSelection();
    if (!node || !selection) return;
    if (selection.isCollapsed || selection.rangeCount === 0) {
      if (!isKept(node)) setSelection(null);
      return;
    }
    const range = selection.getRangeAt(0);
    const pages = [...node.querySelectorAll<HTMLElement>('[data-page-number]')].flatMap(
      (sheet): SelectedView[] => {
        const page = Number(sheet.dataset.pageNumber);
        const viewport = viewportAt(page);
        const layer = sheet.querySelector('.textLayer');
        if (!viewport || !layer || !range.intersectsNode(layer)) return [];
        const rects = rectsOfRange(range, layer, sheet, viewport);
        return rects.length > 0 ? [{ page, rects }] : [];
      },
    );
    setSelection(pages.length > 0 ? pages.sort((a, b) => a.page - b.page) : null);
  }, [scroller, viewportAt, setSelection]);

  useEffect(() => {
    let pressed = false;
    let frame = 0;
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(tell);
    };
    const onChange = () => {
      // While the pointer draws the selection it changes all the time; what counts is where it ends.
      if (!pressed) later();
    };
    const onDown = () => {
      pressed = true;
    };
    const onUp = () => {
      pressed = false;
      later();
    };
    // What a key does goes by what is selected now, not by what was at the last frame.
    window.addEventListener('keydown', tell, true);
    document.addEventListener('selectionchange', onChange);
    window.addEventListener('pointerdown', onDown, true);
    window.addEventListener('pointerup', onUp, true);
    window.addEventListener('pointercancel', onUp, true);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('keydown', tell, true);
      document.removeEventListener('selectionchange', onChange);
      window.removeEventListener('pointerdown', onDown, true);
      window.removeEventListener('pointerup', onUp, true);
      window.removeEventListener('pointercancel', onUp, true);
    };
  }, [tell]);

  // The contract changes: the column of pages goes, and what was selected in it with it.
  useEffect(() => () => setSelection(null), [setSelection]);
}

/** A field or button beside the pages takes the focus, and may be about to use what is selected. */
function isKept(pages: HTMLElement): boolean {
  const focused = document.activeElement;
  if (!focused || focused === document.body || pages.contains(focused)) return false;
  return focused.matches('button, input, select, textarea, dialog, dialog *');
}
