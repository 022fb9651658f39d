// Clicks on marks, found from the place of the click: the marks themselves let the pointer through to the text.
import { useEffect, type RefObject } from 'react';
import { hitsAt, pickHit, type MarksByPage, type PageMark } from './marks';
import type { PageViewport } from './pdf';

export function useMarkPointer(
  scroller: RefObject<HTMLDivElement | null>,
  marks: MarksByPage,
  selected: number | null,
  viewportAt: (page: number) => PageViewport | undefined,
  onPick: (findingId: number) => void,
): void {
  useEffect(() => {
    const node = scroller.current;
    if (!node) return undefined;
    const under = (event: MouseEvent): { sheet: HTMLElement | null; hits: PageMark[] } => {
      const sheet = (event.target as Element).closest<HTMLElement>('[data-page-number]');
      const number = Number(sheet?.dataset.pageNumber);
      const viewport = viewportAt(number);
      if (!sheet || !viewport) return { sheet, hits: [] };
      const { left, top } = sheet.getBoundingClientRect();
      return {
        sheet,
        hits: hitsAt(marks.get(number) ?? [], viewport, event.clientX - left, event.clientY - top),
      };
    };
    const onClick = (event: MouseEvent) => {
      // The end of a selection of text is no click on a mark.
      if (window.getSelection()?.isCollapsed === false) return;
      const hit = pickHit(under(event).hits, selected);
      if (hit) onPick(hit.findingId);
    };
    const onMove = (event: PointerEvent) => {
      if (event.buttons !== 0) return;
      const { sheet, hits } = under(event);
      if (!sheet) return;
      sheet.dataset.overMark = String(hits.length > 0);
      sheet.title = [...new Set(hits.map(({ category }) => category))].join(', ');
    };
    const onDown = (event: PointerEvent) => {
      const layer = (event.target as Element).closest('.textLayer');
      layer?.classList.add('selecting');
      window.addEventListener('pointerup', () => layer?.classList.remove('selecting'), { once: true });
    };
    node.addEventListener('click', onClick);
    node.addEventListener('pointermove', onMove);
    node.addEventListener('pointerdown', onDown);
    return () => {
      node.removeEventListener('click', onClick);
      node.removeEventListener('pointermove', onMove);
      node.removeEventListener('pointerdown', onDown);
    };
  }, [scroller, marks, selected, viewportAt, onPick]);
}
