// What of the rail is in view, beside the pages or as a strip above them.
import { useLayoutEffect, useState, type RefObject } from 'react';
import { drawnRows, ROW, STRIP } from './railRows';

const NARROW = '(max-width: 900px)';

export interface RailView {
  range: [number, number];
  /** A strip above the pages. */
  strip: boolean;
}

export function useRailView(scroller: RefObject<HTMLElement | null>, count: number): RailView {
  const [view, setView] = useState<RailView>({ range: [0, 0], strip: false });
  useLayoutEffect(() => {
    const node = scroller.current;
    if (!node) return undefined;
    const narrow = window.matchMedia(NARROW);
    const look = () => {
      const strip = narrow.matches;
      const range = strip
        ? drawnRows(node.scrollLeft, node.clientWidth, STRIP, count)
        : drawnRows(node.scrollTop, node.clientHeight, ROW, count);
      setView((before) =>
        before.strip === strip && before.range[0] === range[0] && before.range[1] === range[1]
          ? before
          : { range, strip },
      );
    };
    // It looks once at the start, too.
    const observer = new ResizeObserver(look);
    observer.observe(node);
    node.addEventListener('scroll', look, { passive: true });
    narrow.addEventListener('change', look);
    return () => {
      observer.disconnect();
      node.removeEventListener('scroll', look);
      narrow.removeEventListener('change', look);
    };
  }, [scroller, count]);
  return view;
}
