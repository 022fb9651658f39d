// Running headers, footers and page numbers: what stands between the last words of a page and the first of the next.
import type { TextPlace } from './coordinates';
import { foldText, type TextPiece } from './foldText';

export type PlacedPiece = TextPiece & TextPlace;

/** Lines at the top and at the bottom that may belong to no running text. */
const MOST = 3;
/** How far lines may be apart, in points, to stand in the same place on two pages. */
const SAME = 3;
/** A line of the running text is this near to the next, by the height of its letters. */
const NEAR = 1.9;

interface Line {
  pieces: number[];
  /** Without numbers, which are another on each page. Asked of few lines, and costly. */
  words: () => string;
  /** How far up it stands, whichever way the page is turned. */
  up: number;
  height: number;
}

export interface Margins {
  top: ReadonlySet<number>;
  bottom: ReadonlySet<number>;
}

/** The pieces of a page that stand in its margins: lines apart from the text that come again on another page. */
export function marginPieces(page: PlacedPiece[], others: PlacedPiece[][]): Margins {
  const lines = keptLines(page);
  const beside = others.map(keptLines);
  const comesAgain = ({ words, up }: Line) =>
    beside.some((other) => other.some((line) => Math.abs(line.up - up) < SAME && line.words() === words()));
  const pieces = (outer: Line[]) => new Set(outer.flatMap((line) => line.pieces));
  return {
    bottom: pieces(outermost(lines, comesAgain)),
    top: pieces(outermost(lines.toReversed(), comesAgain)),
  };
}

/** From the edge inwards to the last gap, as long as lines come again. */
function outermost(lines: Line[], comesAgain: (line: Line) => boolean): Line[] {
  let end = 0;
  for (const [at, line] of lines.slice(0, MOST).entries()) {
    const next = lines[at + 1];
    if (!next || !comesAgain(line)) break;
    if (Math.abs(next.up - line.up) > NEAR * Math.max(line.height, next.height)) end = at + 1;
  }
  return lines.slice(0, end);
}

const kept = new WeakMap<PlacedPiece[], Line[]>();

/** The lines of a page, the lowest first. */
function keptLines(page: PlacedPiece[]): Line[] {
  const known = kept.get(page) ?? linesOf(page).sort((a, b) => a.up - b.up);
  kept.set(page, known);
  return known;
}

function linesOf(pieces: PlacedPiece[]): Line[] {
  const lines: Line[] = [];
  let open: number[] = [];
  pieces.forEach((piece, at) => {
    open.push(at);
    if (!piece.hasEOL && at < pieces.length - 1) return;
    const own = open.flatMap((one) => pieces[one] ?? []);
    const first = own.find(({ str }) => str.trim() !== '');
    if (first) {
      let words: string | undefined;
      lines.push({
        pieces: open,
        words: () => (words ??= foldText(own).text.replaceAll(/\d+/gu, '#').trim()),
        up: upOf(first),
        height: Math.abs(first.height) || 10,
      });
    }
    open = [];
  });
  return lines;
}

/** Across the direction in which the letters run. */
function upOf({ transform: [a = 1, b = 0, , , x = 0, y = 0] }: TextPlace): number {
  return (a * y - b * x) / (Math.hypot(a, b) || 1);
}
