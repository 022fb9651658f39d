// Looks for words that begin at the end of a page and go on at the top of the next.
import { findIn, type TextSpan } from './findText';
import { foldText } from './foldText';
import { marginPieces, type PlacedPiece } from './pageMargins';

/** Whether footer and header are left out; a heading that comes on every page looks like a header and is none. */
const WAYS = [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const;

const NO_MARGIN: ReadonlySet<number> = new Set();

/** The place at which words cross the end of `page`, or null. `after` are the next page and the one behind it. */
export function findAcross(
  page: PlacedPiece[],
  [next, further = []]: PlacedPiece[][],
  pattern: RegExp,
): TextSpan | null {
  if (!next) return null;
  // No more letters of either page can take part than the pattern has.
  const reach = pattern.source.length;
  const { bottom } = marginPieces(page, [next]);
  const { top } = marginPieces(next, [page, further]);
  for (const [withoutFooter, withoutHeader] of WAYS) {
    // Where there is none, leaving it out changes nothing.
    if ((!withoutFooter && bottom.size === 0) || (!withoutHeader && top.size === 0)) continue;
    const ends = ending(page, withoutFooter ? bottom : NO_MARGIN, reach);
    const begins = beginning(next, withoutHeader ? top : NO_MARGIN, reach);
    const span = joined({ page, next, ends, begins }, pattern);
    if (span) return span;
  }
  return null;
}

interface Break {
  page: PlacedPiece[];
  next: PlacedPiece[];
  /** The pieces of either that take part. */
  ends: number[];
  begins: number[];
}

function joined({ page, next, ends, begins }: Break, pattern: RegExp): TextSpan | null {
  const last = ends.at(-1);
  const first = begins[0];
  if (last === undefined || first === undefined) return null;
  const pieces = [...ends.flatMap((at) => page[at] ?? []), ...begins.flatMap((at) => next[at] ?? [])];
  // A line ends with the page.
  pieces[ends.length - 1] = { ...(page[last] as PlacedPiece), hasEOL: true };
  const across = findIn(pieces, foldText(pieces).text, pattern).find(
    ({ from, to }) => from.piece < ends.length && to.piece >= ends.length,
  );
  if (!across) return null;
  const { from, to } = across;
  return {
    from: { piece: ends[from.piece] ?? last, offset: from.offset },
    to: { piece: last, offset: page[last]?.str.length ?? 0 },
    next: {
      from: { piece: first, offset: 0 },
      to: { piece: begins[to.piece - ends.length] ?? first, offset: to.offset },
    },
  };
}

/** The last pieces of a page's running text that hold so many letters. */
function ending(page: PlacedPiece[], margins: ReadonlySet<number>, reach: number): number[] {
  return taken(
    page,
    margins,
    reach,
    page.map((_, at) => page.length - 1 - at),
  ).reverse();
}

/** The first ones. */
function beginning(page: PlacedPiece[], margins: ReadonlySet<number>, reach: number): number[] {
  return taken(page, margins, reach, [...page.keys()]);
}

function taken(page: PlacedPiece[], margins: ReadonlySet<number>, reach: number, order: number[]): number[] {
  const places: number[] = [];
  let letters = 0;
  for (const at of order) {
    if (margins.has(at)) continue;
    if (letters >= reach) break;
    places.push(at);
    letters += page[at]?.str.length ?? 0;
  }
  return places;
}
