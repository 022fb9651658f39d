// The text of a page as it is searched: small letters, one blank between words, words divided at the end of a line in one.

/** A piece of text as the file holds it. */
export interface TextPiece {
  str: string;
  /** A line ends behind it. */
  hasEOL: boolean;
}

/** A letter of a page: the piece that it is in, and its place there. */
export interface TextPoint {
  piece: number;
  offset: number;
}

export interface FoldedText {
  text: string;
  /** Where each letter of `text` comes from. */
  points: TextPoint[];
}

/** Stands for a hyphen at the end of a line, which may belong to the word or not. */
export const DIVISION = '\u00ad';

const BLANK = /^\s$/u;
const WORDLIKE = /^[\p{L}\p{N}]$/u;
const HYPHENS = '-\u2010\u2011';
const ALIKE: Record<string, string> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
};

/** A letter as it is compared: small, ligatures taken apart, one kind of dash and of quotation mark. */
export function foldLetter(letter: string): string {
  return ALIKE[letter] ?? letter.normalize('NFKC').toLowerCase();
}

export function foldText(pieces: TextPiece[]): FoldedText {
  const letters: string[] = [];
  const points: TextPoint[] = [];
  /** The hyphen read last, and whether nothing but blanks came after it. */
  let hyphen: number | null = null;
  /** A word goes on at the beginning of the next line. */
  let joining = false;

  const blank = (point: TextPoint) => {
    if (joining || letters.length === 0 || letters.at(-1) === ' ') return;
    letters.push(' ');
    points.push(point);
  };
  const put = (raw: string, point: TextPoint) => {
    if (raw === DIVISION) {
      hyphen = letters.length;
      return;
    }
    joining = false;
    hyphen = HYPHENS.includes(raw) ? letters.length : null;
    for (const letter of foldLetter(raw)) {
      letters.push(BLANK.test(letter) ? ' ' : letter);
      points.push(point);
    }
  };
  const endLine = (point: TextPoint) => {
    if (hyphen !== null && WORDLIKE.test(letters[hyphen - 1] ?? '')) {
      const kept = points[hyphen] ?? point;
      letters.splice(hyphen, letters.length, DIVISION);
      points.splice(hyphen, points.length, kept);
      joining = true;
    } else blank(point);
    hyphen = null;
  };

  pieces.forEach(({ str, hasEOL }, piece) => {
    let offset = 0;
    for (const raw of str) {
      const point = { piece, offset };
      if (BLANK.test(raw)) blank(point);
      else put(raw, point);
      offset += raw.length;
    }
    if (hasEOL) endLine({ piece, offset: Math.max(0, offset - 1) });
  });
  return { text: letters.join(''), points };
}
