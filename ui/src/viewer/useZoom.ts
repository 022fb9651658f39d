// The zoom: a factor of the actual size, as wide as the view, or a whole page. Ctrl with a key or the wheel changes it.
import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import { ACTUAL_SIZE, MAX_ZOOM, MIN_ZOOM, fitScale, stepZoom, wholeScale, type Size } from './pageLayout';
import type { PlaceKeeper } from './placeKeeper';

/** A factor, or what of a page shall be seen. */
export type ZoomChoice = number | 'width' | 'page';

export interface Zoom {
  /** Pixels for a point. */
  scale: number;
  /** The scale as a factor of the actual size. */
  factor: number;
  choice: ZoomChoice;
  step: (by: 1 | -1) => void;
  choose: (choice: ZoomChoice) => void;
}

const KEYS: Record<string, ZoomChoice> = { '0': 'width', '1': 1, '2': 'page' };

export function useZoom(
  pages: Size[],
  view: Size,
  scroller: RefObject<HTMLDivElement | null>,
  keeper: PlaceKeeper,
): Zoom {
  const [choice, setChoice] = useState<ZoomChoice>('width');
  const scale = scaleOf(choice, pages, view);
  const factor = scale / ACTUAL_SIZE;

  const choose = useCallback(
    (next: ZoomChoice) => {
      const node = scroller.current;
      if (node && next === 'page') keeper.holdPage(node);
      else if (node) keeper.holdMiddle(node);
      setChoice(next);
    },
    [scroller, keeper],
  );
  const step = useCallback((by: 1 | -1) => choose(stepZoom(factor, by)), [factor, choose]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const wanted = KEYS[event.key];
      if (event.key === '+' || event.key === '=') step(1);
      else if (event.key === '-') step(-1);
      else if (wanted !== undefined) choose(wanted);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [step, choose]);

  useEffect(() => {
    const node = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey || !node) return;
      event.preventDefault();
      const { left, top } = node.getBoundingClientRect();
      keeper.hold(node, event.clientX - left, event.clientY - top);
      const next = factor * Math.exp(-event.deltaY / 400);
      setChoice(Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, next)));
    };
    node?.addEventListener('wheel', onWheel, { passive: false });
    return () => node?.removeEventListener('wheel', onWheel);
  }, [scroller, factor, keeper]);

  return useMemo(() => ({ scale, factor, choice, step, choose }), [scale, factor, choice, step, choose]);
}

function scaleOf(choice: ZoomChoice, pages: Size[], view: Size): number {
  if (choice === 'width') return fitScale(pages, view.width);
  return choice === 'page' ? wholeScale(pages, view) : choice * ACTUAL_SIZE;
}
