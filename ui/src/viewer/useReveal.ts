// Brings places of the contract into view.
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react';
import type { RectView } from '../backend';
import { toBox, type Box, type Turn } from './coordinates';
import { GAP, PADDING, leftOf, type PageLayout } from './pageLayout';
import { viewportOf, type PDFDocumentProxy } from './pdf';

/** Room that a mark is given to the edges of the view. */
const ROOM = 40;

export interface Reveal {
  /** Shows a rectangle of a page, and moves nothing where it is seen already. */
  rect: (page: number, rect: RectView) => void;
  /** Goes to the beginning of a page, or to a height of it in PDF user space. */
  page: (page: number, at: { x: number; y: number } | null) => void;
  /** Goes to a share of the whole contract's height, into the middle of the view. */
  share: (share: number) => void;
}

export function useReveal(
  scroller: RefObject<HTMLDivElement | null>,
  layout: PageLayout,
  pdf: PDFDocumentProxy,
  turn: Turn,
): Reveal {
  const now = useRef({ layout, turn });
  const wanted = useRef(0);
  useEffect(() => {
    now.current = { layout, turn };
  }, [layout, turn]);

  /** Finds where a rectangle is shown; a later wish makes an earlier one void. */
  const boxOf = useCallback(
    async (page: number, rect: RectView): Promise<Box | null> => {
      const wish = (wanted.current += 1);
      const proxy = await pdf.getPage(page);
      if (wish !== wanted.current) return null;
      return toBox(viewportOf(proxy, now.current.layout.scale, now.current.turn), rect);
    },
    [pdf],
  );

  return useMemo(
    () => ({
      rect: (page, rect) => {
        void boxOf(page, rect).then((box) => {
          const node = scroller.current;
          if (box && node) scrollTo(node, now.current.layout, page - 1, box);
        });
      },
      page: (page, at) => {
        const node = scroller.current;
        if (!node) return;
        const top = (now.current.layout.tops[page - 1] ?? 0) - GAP;
        node.scrollTop = top;
        if (!at) return;
        void boxOf(page, [at.x, at.y, at.x, at.y]).then((box) => {
          if (box) node.scrollTop = top + Math.max(0, box.top);
        });
      },
      share: (share) => {
        const node = scroller.current;
        if (node) node.scrollTop = share * now.current.layout.height - node.clientHeight / 2;
      },
    }),
    [scroller, boxOf],
  );
}

function scrollTo(node: HTMLElement, layout: PageLayout, page: number, box: Box): void {
  const top = (layout.tops[page] ?? 0) + box.top;
  const pageLeft = Math.max(0, leftOf(layout, page, node.clientWidth));
  const left = pageLeft + box.left;
  const seenAcross =
    left >= node.scrollLeft && left + Math.min(box.width, 200) <= node.scrollLeft + node.clientWidth;
  const seenDown =
    top >= node.scrollTop + ROOM && top + box.height <= node.scrollTop + node.clientHeight - ROOM;
  if (seenAcross && seenDown) return;
  // The page's own edge is the calmer place to begin, where most of the mark is seen from there.
  const besideEdge = box.left + Math.min(box.width, node.clientWidth * 0.6) <= node.clientWidth - ROOM;
  const target = seenDown ? node.scrollTop : top - node.clientHeight * 0.3;
  const far = Math.abs(target - node.scrollTop) > 2.5 * node.clientHeight;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  node.scrollTo({
    top: target,
    left: seenAcross ? node.scrollLeft : besideEdge ? pageLeft - PADDING : left - ROOM,
    behavior: far || calm ? 'instant' : 'smooth',
  });
}
