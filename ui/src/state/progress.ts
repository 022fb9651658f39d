// How far the review of a contract has come, and what is left of it.
import type { FindingView } from '../backend';
import type { Show } from './appState';
import {
  isAbsentShown,
  isShown,
  isUnreviewed,
  type CategoryArrangement,
  type GroupArrangement,
} from './arrange';

export interface Progress {
  /** Categories of which every clause is decided, or of which the person confirmed that there is none. */
  reviewed: number;
  categories: number;
}

/** Whether nothing is left to decide about a category. */
export function isSettled({ category, found }: CategoryArrangement, confirmed: string[]): boolean {
  return found.length === 0 ? confirmed.includes(category.name) : !found.some(isUnreviewed);
}

export function groupProgress({ present, absent }: GroupArrangement, confirmed: string[]): Progress {
  const entries = [...present, ...absent];
  return {
    reviewed: entries.filter((entry) => isSettled(entry, confirmed)).length,
    categories: entries.length,
  };
}

export function progressOf(groups: GroupArrangement[], confirmed: string[]): Progress {
  return groups
    .map((group) => groupProgress(group, confirmed))
    .reduce(
      (sum, { reviewed, categories }) => ({
        reviewed: sum.reviewed + reviewed,
        categories: sum.categories + categories,
      }),
      { reviewed: 0, categories: 0 },
    );
}

/** How many clauses and categories each part of the list holds. */
export function countsOf(groups: GroupArrangement[], confirmed: string[]): Record<Show, number> {
  const found = groups.flatMap(({ present }) => present.flatMap((entry) => entry.found));
  const absent = groups.flatMap((group) => group.absent);
  const count = (show: Show) =>
    found.filter((finding) => isShown(finding, show)).length +
    absent.filter(({ category }) => show !== 'all' && isAbsentShown(category.name, show, confirmed)).length;
  return {
    all: count('all'),
    unreviewed: count('unreviewed'),
    uncertain: count('uncertain'),
    missing: count('missing'),
    rejected: count('rejected'),
  };
}

/** A place in the list: a clause, or a category without one beside the nearest passage. */
export type Place =
  | { kind: 'clause'; id: number; open: boolean }
  | { kind: 'absent'; category: string; nearest: FindingView | null; open: boolean };

/** All places from the top to the bottom; `open` ones are left to decide. */
export function placesOf(groups: GroupArrangement[], confirmed: string[]): Place[] {
  return groups.flatMap(({ present, absent }) => [
    ...present.flatMap(({ found }) =>
      found.map((finding): Place => ({ kind: 'clause', id: finding.id, open: isUnreviewed(finding) })),
    ),
    ...absent.map(({ category, nearest }): Place => ({
      kind: 'absent',
      category: category.name,
      nearest,
      open: !confirmed.includes(category.name),
    })),
  ]);
}

/** Where the person is. */
export interface Cursor {
  selected: number | null;
  absent: string | null;
}

function isAt(place: Place, { selected, absent }: Cursor): boolean {
  return place.kind === 'clause' ? absent === null && place.id === selected : place.category === absent;
}

/** The next place for which `wanted` holds, going round; the first (or last) where the person is nowhere. */
export function nextPlace(
  places: Place[],
  cursor: Cursor,
  step: 1 | -1,
  wanted: (place: Place) => boolean,
): Place | null {
  const at = places.findIndex((place) => isAt(place, cursor));
  const ordered = step === 1 ? places : places.toReversed();
  const from = at === -1 ? 0 : step === 1 ? at + 1 : places.length - at;
  return [...ordered.slice(from), ...ordered.slice(0, from)].find(wanted) ?? null;
}

/** Where to go on after a decision: to the next clause that is left, and when there is none to the next category. */
export function nextOpen(places: Place[], cursor: Cursor, step: 1 | -1 = 1): Place | null {
  const open = (kind: Place['kind']) => (place: Place) =>
    place.kind === kind && place.open && !isAt(place, cursor);
  return nextPlace(places, cursor, step, open('clause')) ?? nextPlace(places, cursor, step, open('absent'));
}
