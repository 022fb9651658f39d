// Knows which page is in view, and keeps the place when the layout changes.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { keptPages, pageAt, type PageLayout, type Size } from './pageLayout';
import type { PlaceKeeper } from './placeKeeper';

/** Pages kept on either side of those in view. */
const MARGIN = 1;

export interface ScrollPlace {
  /** First and last page to draw, from 0. */
  kept: [number, number];
  /** The page in view, from 0. */
  current: number;
}

export function useScrollPlace(
  scroller: RefObject<HTMLDivElement | null>,
  layout: PageLayout,
  view: Size,
  keeper: PlaceKeeper,
): ScrollPlace {
  const layoutNow = useRef(layout);
  const [seen, setSeen] = useState<ScrollPlace>(() => ({
    kept: [0, Math.min(2, layout.tops.length - 1)],
    current: 0,
  }));

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

  useLayoutEffect(() => {
    layoutNow.current = layout;
    const node = scroller.current;
    if (!node) return;
    keeper.restore(node, layout);
    observe();
  }, [layout, view.width, view.height, scroller, keeper, observe]);

  useEffect(() => {
    const node = scroller.current;
    const onScroll = () => {
      if (node) keeper.hold(node, null, 0);
      observe();
    };
    node?.addEventListener('scroll', onScroll, { passive: true });
    return () => node?.removeEventListener('scroll', onScroll);
  }, [scroller, keeper, observe]);

  return seen;
}
