// Goes to the page or the finding that was asked for.
import { useEffect, useRef, type RefObject } from 'react';
import type { FindingView } from '../backend';
import { useApp } from '../state/react';
import { toBox, type Box } from './coordinates';
import { GAP, PADDING, type PageLayout } from './pageLayout';
import type { PDFDocumentProxy } from './pdf';

/** Room that a mark is given to the edges of the view. */
const ROOM = 40;

export function useJump(
  scroller: RefObject<HTMLDivElement | null>,
  layout: PageLayout,
  /** The view has been measured, so that the layout is the one on the screen. */
  measured: boolean,
  pdf: PDFDocumentProxy,
  findings: FindingView[] | undefined,
): void {
  const jump = useApp((state) => state.jump);
  const layoutNow = useRef(layout);
  useEffect(() => {
    layoutNow.current = layout;
  }, [layout]);

  useEffect(() => {
    const node = scroller.current;
    if (!jump || !node || !measured) return undefined;
    if (jump.kind === 'page') {
      node.scrollTop = (layoutNow.current.tops[jump.page - 1] ?? 0) - GAP;
      return undefined;
    }
    const mark = findings?.find(({ id }) => id === jump.id)?.marks[0];
    if (!mark) return undefined;
    let stopped = false;
    void pdf.getPage(mark.page).then((page) => {
      const { scale } = layoutNow.current;
      const box = toBox(page.getViewport({ scale }), mark.rect);
      if (!stopped) reveal(node, layoutNow.current, mark.page - 1, box);
    });
    return () => {
      stopped = true;
    };
    // A jump is made once; what is found later does not repeat it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [jump, pdf, measured]);
}

function reveal(node: HTMLElement, layout: PageLayout, page: number, box: Box): void {
  const top = (layout.tops[page] ?? 0) + box.top;
  const pageLeft = Math.max(
    0,
    (Math.max(node.scrollWidth, layout.width) - (layout.sizes[page]?.width ?? 0)) / 2,
  );
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
