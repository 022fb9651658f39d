// What the narrow map of the whole contract shows: a bar for each clause and for the places found.
import type { PageView } from '../backend';
import { toShare, type Turn } from './coordinates';
import type { MarksByPage } from './marks';
import type { PageLayout } from './pageLayout';

/** Shares of the column's height. */
export interface MapBar {
  top: number;
  height: number;
}

export interface ClauseBar extends MapBar {
  findingId: number;
  page: number;
  group: number;
}

/** A bar for each clause and page, from its first line there to its last. */
export function clauseBars(
  marks: MarksByPage,
  pages: PageView[],
  turn: Turn,
  layout: PageLayout,
): ClauseBar[] {
  const bars: ClauseBar[] = [];
  for (const [page, onPage] of marks) {
    const byFinding = new Map<number, ClauseBar>();
    for (const { findingId, group, rect } of onPage) {
      const { top, height } = barOf(page, rect, pages, turn, layout);
      const bar = byFinding.get(findingId);
      if (!bar) {
        byFinding.set(findingId, { findingId, page, group, top, height });
        continue;
      }
      const end = Math.max(bar.top + bar.height, top + height);
      bar.top = Math.min(bar.top, top);
      bar.height = end - bar.top;
    }
    bars.push(...byFinding.values());
  }
  return bars;
}

export function barOf(
  page: number,
  rect: Parameters<typeof toShare>[2],
  pages: PageView[],
  turn: Turn,
  layout: PageLayout,
): MapBar {
  const view = pages[page - 1];
  if (!view || layout.height === 0) return { top: 0, height: 0 };
  const share = toShare(view, turn, rect);
  const paper = layout.sizes[page - 1]?.height ?? 0;
  const top = (layout.tops[page - 1] ?? 0) + share.top * paper;
  return { top: top / layout.height, height: (share.height * paper) / layout.height };
}

/** The rows of a map of `rows` rows in which something stands: thousands of places need no more bars than that. */
export function filledRows(tops: number[], rows: number): number[] {
  const filled = new Set(tops.map((top) => Math.min(rows - 1, Math.max(0, Math.floor(top * rows)))));
  return [...filled].sort((a, b) => a - b);
}

/** The clause whose bar a click hits or misses by little, the nearest one first. */
export function barAt(bars: ClauseBar[], share: number, miss: number): ClauseBar | null {
  const distance = ({ top, height }: MapBar) => Math.max(top - share, share - top - height, 0);
  const middle = ({ top, height }: MapBar) => Math.abs(top + height / 2 - share);
  const [nearest] = bars.toSorted((a, b) => distance(a) - distance(b) || middle(a) - middle(b));
  return nearest && distance(nearest) <= miss ? nearest : null;
}
