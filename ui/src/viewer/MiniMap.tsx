// A narrow map of the whole contract beside the scrollbar. It says nothing that the list of clauses does not say, so that
// a screen reader need not know of it.
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import type { PageView } from '../backend';
import type { Turn } from './coordinates';
import type { MarksByPage } from './marks';
import { barAt, barOf, clauseBars, filledRows } from './miniMap';
import type { PageLayout } from './pageLayout';
import type { Find } from './useFind';
import type { Reveal } from './useReveal';
import './MiniMap.css';

interface MiniMapProps {
  scroller: RefObject<HTMLDivElement | null>;
  layout: PageLayout;
  pages: PageView[];
  turn: Turn;
  marks: MarksByPage;
  selected: number | null;
  find: Find;
  reveal: Reveal;
  onPick: (findingId: number) => void;
}

/** Rows for the places that were found. */
const ROWS = 300;
/** Pixels by which a click may miss a bar. */
const MISS = 4;

export function MiniMap({
  scroller,
  layout,
  pages,
  turn,
  marks,
  selected,
  find,
  reveal,
  onPick,
}: MiniMapProps) {
  const strip = useRef<HTMLDivElement>(null);
  const window = useRef<HTMLDivElement>(null);
  const bars = useMemo(() => clauseBars(marks, pages, turn, layout), [marks, pages, turn, layout]);
  const rows = useFoundRows(find, pages, turn, layout);
  useViewWindow(scroller, window, layout);

  const onClick = (event: React.MouseEvent) => {
    const node = strip.current;
    if (!node) return;
    const { top, height } = node.getBoundingClientRect();
    const share = (event.clientY - top) / height;
    const bar = barAt(bars, share, MISS / height);
    if (bar) onPick(bar.findingId);
    else reveal.share(share);
  };

  return (
    <div className="mini-map" ref={strip} aria-hidden="true" data-testid="mini-map" onClick={onClick}>
      <div className="mini-view" ref={window} data-testid="mini-view" />
      {bars.map(({ findingId, page, group, top, height }) => (
        <i
          key={`${findingId}-${page}`}
          className="mini-clause"
          data-testid="mini-clause"
          data-finding-id={findingId}
          data-group={group}
          data-selected={findingId === selected}
          style={{ top: `${top * 100}%`, height: `${height * 100}%` }}
        />
      ))}
      {rows.map((row) => (
        <i
          key={`row-${row}`}
          className="mini-found"
          data-testid="mini-found"
          style={{ top: `${(row / ROWS) * 100}%` }}
        />
      ))}
    </div>
  );
}

function useFoundRows({ result, texts }: Find, pages: PageView[], turn: Turn, layout: PageLayout): number[] {
  const found = result?.found;
  return useMemo(() => {
    const tops: number[] = [];
    for (const [page, spans] of found ?? [])
      for (const span of spans) tops.push(barOf(page, texts.rectOf(page, span), pages, turn, layout).top);
    return filledRows(tops, ROWS);
  }, [found, texts, pages, turn, layout]);
}

/** Shows which part of the contract is in view, without drawing anything else anew while it is scrolled. */
function useViewWindow(
  scroller: RefObject<HTMLDivElement | null>,
  shown: RefObject<HTMLDivElement | null>,
  layout: PageLayout,
): void {
  useEffect(() => {
    const node = scroller.current;
    if (!node) return undefined;
    const follow = () => {
      const { style } = shown.current ?? {};
      if (!style) return;
      style.top = `${(node.scrollTop / layout.height) * 100}%`;
      style.height = `${Math.min(1, node.clientHeight / layout.height) * 100}%`;
    };
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(node);
    node.addEventListener('scroll', follow, { passive: true });
    return () => {
      observer.disconnect();
      node.removeEventListener('scroll', follow);
    };
  }, [scroller, shown, layout]);
}
