// Where the points of the pages lie that are drawn at present.
import { useCallback, useRef } from 'react';
import type { PageViewport } from './pdf';

export interface Viewports {
  /** Told by a page; null when it is let go. */
  onViewport: (number: number, viewport: PageViewport | null) => void;
  viewportAt: (number: number) => PageViewport | undefined;
}

export function useViewports(): Viewports {
  const viewports = useRef(new Map<number, PageViewport>());
  const onViewport = useCallback((number: number, viewport: PageViewport | null) => {
    if (viewport) viewports.current.set(number, viewport);
    else viewports.current.delete(number);
  }, []);
  const viewportAt = useCallback((number: number) => viewports.current.get(number), []);
  return { onViewport, viewportAt };
}
