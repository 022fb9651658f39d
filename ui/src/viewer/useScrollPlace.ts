// Knows which page is in view, keeps the place when the layout changes, and remembers it for each contract.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { keptPages, pageAt, type PageLayout } from './pageLayout';

/** Pages kept on either side of those in view. */
const MARGIN = 1;

interface Place {
  page: number;
  /** Share of the page's height. */
  part: number;
  /** The height in the view at which that point lies. */
  viewY: number;
}

const remembered = new Map<number, Place>();

export interface ScrollPlace {
  /** First and last page to draw, from 0. */
  kept: [number, number];
  /** The page in view, from 0. */
  current: number;
  /** Holds the point at this height of the view (null: a third down) through the next change of the layout. */
  hold: (viewY: number | null) => void;
}

export function useScrollPlace(
  scroller: RefObject<HTMLDivElement | null>,
  layout: PageLayout,
  viewHeight: number,
  contractKey: number,
): ScrollPlace {
  const place = useRef<Place>(remembered.get(contractKey) ?? { page: 0, part: 0, viewY: 0 });
  const layoutNow = useRef(layout);
  const [seen, setSeen] = useState<{ kept: [number, number]; current: number }>(() => ({
    kept: [0, Math.min(2, layout.tops.length - 1)],
    current: 0,
  }));

  const look = useCallback(
    (viewY: number) => {
      const node = scroller.current;
      if (!node) return;
      const now = layoutNow.current;
      const page = pageAt(now, node.scrollTop + viewY);
      const part = (node.scrollTop + viewY - (now.tops[page] ?? 0)) / (now.sizes[page]?.height ?? 1);
      place.current = { page, part, viewY };
      remembered.set(contractKey, place.current);
    },
    [scroller, contractKey],
  );

  const observe = useCallback(() => {
    const node = scroller.current;
    if (!node) return;
    const now = layoutNow.current;
    const kept = keptPages(now, node.scrollTop, node.clientHeight, MARGIN);
    const current = pageAt(now, node.scrollTop + node.clientHeight / 3);
    setSeen((before) =>
      before.kept[0] === kept[0] && before.kept[1] === kept[1] && before.current === current
        ? before
        : { kept, current },
    );
  }, [scroller]);

  const hold = useCallback(
    (viewY: number | null) => look(viewY ?? (scroller.current?.clientHeight ?? 0) / 3),
    [look, scroller],
  );

  // After a change of the layout the held point is put back to its height in the view.
  useLayoutEffect(() => {
    layoutNow.current = layout;
    const node = scroller.current;
    if (!node) return;
    const { page, part, viewY } = place.current;
    node.scrollTop = (layout.tops[page] ?? 0) + part * (layout.sizes[page]?.height ?? 0) - viewY;
    node.scrollLeft = (node.scrollWidth - node.clientWidth) / 2;
    observe();
  }, [layout, viewHeight, scroller, observe]);

  useEffect(() => {
    const node = scroller.current;
    const onScroll = () => {
      look(0);
      observe();
    };
    node?.addEventListener('scroll', onScroll, { passive: true });
    return () => node?.removeEventListener('scroll', onScroll);
  }, [scroller, look, observe]);

  return { ...seen, hold };
}
