// Turns the pages of a contract for reading; the file is not changed. Remembered for each contract.
import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import type { Turn } from './coordinates';
import type { Size } from './pageLayout';
import type { PlaceKeeper } from './placeKeeper';

const remembered = new Map<number, Turn>();

export function useTurn(
  contractKey: number,
  scroller: RefObject<HTMLDivElement | null>,
  keeper: PlaceKeeper,
): [Turn, () => void] {
  const [turn, setTurn] = useState<Turn>(() => remembered.get(contractKey) ?? 0);

  const rotate = useCallback(() => {
    const node = scroller.current;
    if (node) keeper.turn(node);
    const next = ((turn + 90) % 360) as Turn;
    remembered.set(contractKey, next);
    setTurn(next);
  }, [contractKey, scroller, keeper, turn]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const pressed = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'r';
      if (!pressed || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      rotate();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [rotate]);

  return [turn, rotate];
}

/** The sizes of pages that are turned. */
export function useTurnedSizes(sizes: Size[], turn: Turn): Size[] {
  return useMemo(
    () => (turn % 180 === 0 ? sizes : sizes.map(({ width, height }) => ({ width: height, height: width }))),
    [sizes, turn],
  );
}
