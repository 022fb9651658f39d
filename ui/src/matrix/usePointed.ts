// The place of the grid under the pointer. Who asks keeps it, so that the grid is not drawn anew for it.
import { useEffect, useState, type RefObject } from 'react';
import type { GridPlace } from '../state/matrixSelection';
import { placeOf } from './useGridActions';

export function usePointed(scroller: RefObject<HTMLDivElement | null>): GridPlace | null {
  const [pointed, setPointed] = useState<GridPlace | null>(null);
  useEffect(() => {
    const node = scroller.current;
    const onOver = ({ target }: PointerEvent) => {
      const next = placeOf(target instanceof Element ? target : null);
      setPointed((before) => (before?.row === next?.row && before?.column === next?.column ? before : next));
    };
    const onLeave = () => setPointed(null);
    node?.addEventListener('pointerover', onOver);
    node?.addEventListener('pointerleave', onLeave);
    return () => {
      node?.removeEventListener('pointerover', onOver);
      node?.removeEventListener('pointerleave', onLeave);
    };
  }, [scroller]);
  return pointed;
}
