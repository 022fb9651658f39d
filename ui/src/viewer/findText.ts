// Looks for words in the text of a page.
import { DIVISION, foldLetter, foldText, type TextPiece, type TextPoint } from './foldText';

/** A place where the words stand: its first letter, and the one after its last. */
export interface TextSpan {
  from: TextPoint;
  to: TextPoint;
  /** The rest of it, where it goes on at the top of the next page. */
  next?: TextSpan;
}

/** What to look for, or null where there is nothing to look for. */
export function patternOf(words: string): RegExp | null {
  const wanted = [...words.replaceAll(DIVISION, '').trim().replaceAll(/\s+/gu, ' ')];
  if (wanted.length === 0) return null;
  const letters = wanted.flatMap((letter) => [...foldLetter(letter)]);
  // A hyphen at the end of a line is one, or none, as it is wanted.
  const parts = letters.map((letter) => (letter === '-' ? `[-${DIVISION}]` : escaped(letter)));
  return new RegExp(parts.join(`${DIVISION}?`), 'gu');
}

function escaped(letter: string): string {
  return letter.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&');
}

/** All the places in a page's pieces; `text` is their folded text, so that it is not made again in vain. */
export function findIn(pieces: TextPiece[], text: string, pattern: RegExp): TextSpan[] {
  if (text.search(pattern) === -1) return [];
  const { points } = foldText(pieces);
  return [...text.matchAll(pattern)].flatMap(({ index, 0: { length } }) => {
    const from = points[index];
    const last = points[index + length - 1];
    if (!from || !last) return [];
    return [{ from, to: { piece: last.piece, offset: last.offset + letterAt(pieces, last).length } }];
  });
}

/** The letter at a place, which may be two units long. */
function letterAt(pieces: TextPiece[], { piece, offset }: TextPoint): string {
  return String.fromCodePoint(pieces[piece]?.str.codePointAt(offset) ?? 32);
}
