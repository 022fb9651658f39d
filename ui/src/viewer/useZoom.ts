// The zoom: a factor of the actual size, or as wide as the view. Ctrl with +, -, 0 or the wheel changes it.
import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import { ACTUAL_SIZE, MAX_ZOOM, MIN_ZOOM, fitScale, stepZoom, type Size } from './pageLayout';

export interface Zoom {
  /** Pixels for a point. */
  scale: number;
  /** The scale as a factor of the actual size. */
  factor: number;
  fitted: boolean;
  step: (by: 1 | -1) => void;
  fit: () => void;
}

export function useZoom(
  pages: Size[],
  viewWidth: number,
  scroller: RefObject<HTMLDivElement | null>,
  /** Called with the height in the view that shall stay where it is. */
  hold: (viewY: number | null) => void,
): Zoom {
  const [chosen, setChosen] = useState<number | null>(null);
  const scale = chosen === null ? fitScale(pages, viewWidth) : chosen * ACTUAL_SIZE;
  const factor = scale / ACTUAL_SIZE;

  const step = useCallback(
    (by: 1 | -1) => {
      hold(null);
      setChosen(stepZoom(factor, by));
    },
    [factor, hold],
  );
  const fit = useCallback(() => {
    hold(null);
    setChosen(null);
  }, [hold]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.key === '+' || event.key === '=') step(1);
      else if (event.key === '-') step(-1);
      else if (event.key === '0') fit();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [step, fit]);

  useEffect(() => {
    const node = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey || !node) return;
      event.preventDefault();
      hold(event.clientY - node.getBoundingClientRect().top);
      const next = factor * Math.exp(-event.deltaY / 400);
      setChosen(Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, next)));
    };
    node?.addEventListener('wheel', onWheel, { passive: false });
    return () => node?.removeEventListener('wheel', onWheel);
  }, [scroller, factor, hold]);

  return useMemo(
    () => ({ scale, factor, fitted: chosen === null, step, fit }),
    [scale, factor, chosen, step, fit],
  );
}
