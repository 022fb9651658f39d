// What counts as the same words.
import { expect, test } from 'vitest';
import { findIn, patternOf } from './findText';
import { foldText, type TextPiece } from './foldText';

/** A page of lines, each of one piece. */
const lines = (...texts: string[]): TextPiece[] => texts.map((str) => ({ str, hasEOL: true }));

/** The words found, as they stand in the pieces. */
function found(pieces: TextPiece[], words: string): string[] {
  const pattern = patternOf(words);
  if (!pattern) return [];
  return findIn(pieces, foldText(pieces).text, pattern).map(({ from, to }) =>
    pieces
      .slice(from.piece, to.piece + 1)
      .map(({ str }, index, all) => {
        const end = index === all.length - 1 ? to.offset : str.length;
        return str.slice(index === 0 ? from.offset : 0, end);
      })
      .join('|'),
  );
}

test('capitals do not matter', () => {
  expect(found(lines('The PARTIES agree. Each Party'), 'part')).toEqual(['PART', 'Part']);
});

test('blanks count once, however many and of whatever kind', () => {
  expect(found(lines('change  of\u00a0 control'), ' change of   control ')).toEqual([
    'change  of\u00a0 control',
  ]);
  expect(found(lines('changeof control'), 'change of control')).toEqual([]);
});

test('a line break is a blank', () => {
  expect(found(lines('without prior written', 'consent of'), 'written consent')).toEqual(['written|consent']);
});

test('words are found across pieces of one line', () => {
  const pieces: TextPiece[] = ['Gov', 'erning', ' ', 'L', 'aw'].map((str) => ({ str, hasEOL: false }));
  expect(found(pieces, 'governing law')).toEqual(['Gov|erning| |L|aw']);
});

test('a word divided at the end of a line is found as one and with its hyphen', () => {
  const divided = lines('this agree-', 'ment and the non-', 'compete of a long-term kind');
  expect(found(divided, 'agreement')).toEqual(['agree-|ment']);
  expect(found(divided, 'non-compete')).toEqual(['non-|compete']);
  expect(found(divided, 'noncompete')).toEqual(['non-|compete']);
  expect(found(divided, 'long-term')).toEqual(['long-term']);
  expect(found(divided, 'longterm')).toEqual([]);
});

test('a blank before the line break and an empty piece that ends the line change nothing', () => {
  const pieces: TextPiece[] = [
    { str: 'indem- ', hasEOL: false },
    { str: '', hasEOL: true },
    { str: 'nify', hasEOL: true },
  ];
  expect(found(pieces, 'indemnify')).toEqual(['indem- ||nify']);
});

test('a soft hyphen is seen only at the end of a line, and never wanted', () => {
  expect(found(lines('ter\u00admi\u00ad', 'nation'), 'termination')).toEqual(['ter\u00admi\u00ad|nation']);
  expect(found(lines('termination'), 'termi\u00adnation')).toEqual(['termination']);
});

test('a dash alone at the end of a line is not a divided word', () => {
  expect(found(lines('as follows -', 'first'), 'follows - first')).toEqual(['follows -|first']);
});

test('quotation marks, dashes and ligatures are alike', () => {
  expect(found(lines('the “Effective Date” – a ﬁnal'), '"effective date" - a fin')).toEqual([
    '“Effective Date” – a ﬁn',
  ]);
});

test('what means something in a pattern is looked for as it stands', () => {
  expect(found(lines('Section 2.1 (a) [draft] $5*'), '(a) [draft] $5*')).toEqual(['(a) [draft] $5*']);
  expect(found(lines('Section 211'), '2.1')).toEqual([]);
});

test('nothing but blanks is nothing to look for', () => {
  expect(patternOf('  \n ')).toBeNull();
  expect(patternOf('')).toBeNull();
});

test('letters outside the basic plane keep their places', () => {
  expect(found(lines('𝒜 seal'), 'seal')).toEqual(['seal']);
  expect(found(lines('seal 𝒜'), 'seal a')).toEqual(['seal 𝒜']);
});
