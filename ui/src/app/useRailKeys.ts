// The keys of the rail: to the next contract and the one before, and where a contract stands in the queue.
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { QueueMove } from '../backend';
import type { Contract } from '../state/contract';
import { useActions } from '../state/react';
import { ROW, STRIP, type RailRow } from './railRows';

const MOVES: Record<string, QueueMove> = { ArrowUp: 'earlier', ArrowDown: 'later', Home: 'front' };

export function useRailKeys(
  scroller: RefObject<HTMLElement | null>,
  rows: RailRow[],
  strip: boolean,
  reach: (key: number) => void,
): (event: KeyboardEvent, contract: Contract) => void {
  const { close, move } = useActions();
  /** The contract that shall have the focus as soon as it is drawn. */
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    if (wanted.current === null) return;
    const item = scroller.current?.querySelector<HTMLElement>(`[data-key="${wanted.current}"] .rail-show`);
    if (!item) return;
    wanted.current = null;
    item.focus();
  });

  function go(to: number): void {
    const row = rows[to];
    const node = scroller.current;
    if (row?.kind !== 'contract' || !node) return;
    wanted.current = row.contract.key;
    if (strip) node.scrollLeft = inView(node.scrollLeft, node.clientWidth, to * STRIP, STRIP);
    else node.scrollTop = inView(node.scrollTop, node.clientHeight, to * ROW, ROW);
    reach(row.contract.key);
  }

  return (event, { key }) => {
    const at = rows.findIndex((row) => row.kind === 'contract' && row.contract.key === key);
    const isContract = (index: number) => rows[index]?.kind === 'contract';
    const step = (by: 1 | -1) => go(isContract(at + by) ? at + by : at + 2 * by);
    const place = MOVES[event.key];
    if (event.altKey && place) move(key, place);
    else if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    else if (event.key === (strip ? 'ArrowRight' : 'ArrowDown')) step(1);
    else if (event.key === (strip ? 'ArrowLeft' : 'ArrowUp')) step(-1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'Delete') {
      step(isContract(at + 1) || isContract(at + 2) ? 1 : -1);
      close(key);
    } else return;
    event.preventDefault();
  };
}

/** How far to scroll so that something is in view. */
function inView(scrolled: number, length: number, place: number, size: number): number {
  return Math.min(place, Math.max(scrolled, place + size - length));
}
