// Notes the moment at which the list of a reading stands on the screen.
import { useEffect } from 'react';
import type { ReadingView } from '../backend';

export function useLastFindingMark(reading: ReadingView | null): void {
  useEffect(() => {
    if (!reading) return undefined;
    const frame = requestAnimationFrame(() => performance.mark('proviso:last-finding'));
    return () => cancelAnimationFrame(frame);
  }, [reading]);
}
