// What was found, by the page on which it is marked: words that go on behind the end of a page are marked on both.
import type { FindPlace, Found } from './findPlaces';
import type { TextSpan } from './findText';

/** The places to be marked, by page. One that goes on from the page before is the last of its page. */
export function spansByPage(found: Found): ReadonlyMap<number, TextSpan[]> {
  const spans = new Map(found);
  for (const [page, own] of found) {
    // Only what is found last on a page can cross its end.
    const carried = own.at(-1)?.next;
    if (carried) spans.set(page + 1, [...(found.get(page + 1) ?? []), carried]);
  }
  return spans;
}

/** The number of the current place among those marked on a page, or null where it is on another. */
export function currentOn(found: Found, current: FindPlace | null, page: number): number | null {
  if (current?.page === page) return current.index;
  const isCarried = current?.page === page - 1 && found.get(page - 1)?.[current.index]?.next !== undefined;
  return isCarried ? (found.get(page)?.length ?? 0) : null;
}
