// The places that were found, in the order in which they stand in the contract.
import type { SearchState } from './searchPages';

/** A place that was found: the page, and its number among the page's places. */
export interface FindPlace {
  page: number;
  index: number;
}

export type Found = SearchState['found'];

/** The number of a place among all, from 1. */
export function positionOf(found: Found, { page, index }: FindPlace): number {
  let before = 0;
  for (const [other, spans] of found) if (other < page) before += spans.length;
  return before + index + 1;
}

/** The next or the previous place, going round. */
export function neighbour(found: Found, current: FindPlace | null, by: 1 | -1): FindPlace | null {
  const pages = [...found.keys()].sort((a, b) => a - b);
  const all = pages.flatMap((page) => (found.get(page) ?? []).map((_, index) => ({ page, index })));
  const at = all.findIndex(({ page, index }) => page === current?.page && index === current.index);
  const next = at === -1 ? 0 : (at + by + all.length) % all.length;
  return all[next] ?? null;
}
