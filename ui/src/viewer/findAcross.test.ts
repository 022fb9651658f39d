// Words that cross the end of a page.
import { expect, test } from 'vitest';
import { findAcross } from './findAcross';
import { findIn, patternOf } from './findText';
import { currentOn, spansByPage } from './foundOnPages';
import { foldText } from './foldText';
import { marginPieces, type PlacedPiece } from './pageMargins';

/** A page of lines, 14 points apart from the top, with a footer far below and, where it has one, a header far above. */
function page(number: number, lines: string[], header = ''): PlacedPiece[] {
  const line = (str: string, y: number) => ({ str, y });
  const all = [
    ...(header ? [line(header, 760)] : []),
    ...lines.map((str, at) => line(str, 700 - at * 14)),
    line(`Page ${number} of 9`, 40),
  ];
  return all.map(({ str, y }) => ({
    str,
    hasEOL: true,
    transform: [11, 0, 0, 11, 72, y],
    width: 300,
    height: 11,
  }));
}

/** What is found across the end of the first page, as it stands on both. */
function across(pages: PlacedPiece[][], words: string): string[] | null {
  const [own = [], ...after] = pages;
  const span = findAcross(own, after, patternOf(words) ?? /$^/u);
  if (!span?.next) return null;
  const cut = (pieces: PlacedPiece[], from: number, to: number, start: number, end: number) =>
    pieces
      .slice(from, to + 1)
      .map(({ str }, at, all) => str.slice(at === 0 ? start : 0, at === all.length - 1 ? end : str.length))
      .join('|');
  const { from, to, next } = span;
  return [
    cut(own, from.piece, to.piece, from.offset, to.offset),
    cut(after[0] ?? [], next.from.piece, next.to.piece, next.from.offset, next.to.offset),
  ];
}

const FIRST = page(1, ['The Supplier shall', 'not assign this'], 'Master Supply Agreement');
const SECOND = page(2, ['Agreement without the', 'consent of Buyer.'], 'Master Supply Agreement');

test('a phrase goes on at the next page, past footer and header', () => {
  expect(across([FIRST, SECOND], 'assign this agreement without')).toEqual([
    'assign this',
    'Agreement without',
  ]);
  expect(across([FIRST, SECOND], 'shall not assign this Agreement without the consent')).toEqual([
    'shall|not assign this',
    'Agreement without the|consent',
  ]);
});

test('a word that is divided at the end of a page is one', () => {
  const pages = [page(1, ['in the event of termi-']), page(2, ['nation for cause'])];
  expect(across(pages, 'termination for')).toEqual(['termi-', 'nation for']);
});

test('a header that only the later pages have is told by the page behind', () => {
  const first = page(1, ['not assign this']);
  const third = page(3, ['Notices.'], 'Master Supply Agreement');
  expect(across([first, SECOND, third], 'assign this agreement')).toEqual(['assign this', 'Agreement']);
});

test('what stands on one page alone is not found again, nor what is nowhere', () => {
  expect(across([FIRST, SECOND], 'not assign')).toBeNull();
  expect(across([FIRST, SECOND], 'consent of Buyer')).toBeNull();
  expect(across([FIRST, SECOND], 'assign this contract')).toBeNull();
  expect(across([FIRST], 'assign this agreement')).toBeNull();
});

test('text that comes again on the next page without a gap before it is no margin', () => {
  const lines = (number: number) => [
    `${number}.1 The goods are`,
    'delivered at the time',
    'and at the place agreed,',
    'and are accepted by',
    'the buyer in writing.',
  ];
  const pages = [page(1, lines(1)), page(2, lines(2))];
  const { top, bottom } = marginPieces(pages[0] ?? [], pages.slice(1));
  expect([[...top], [...bottom]]).toEqual([[], [5]]);
  expect(across(pages, 'in writing. 2.1 the goods')).toEqual(['in writing.', '2.1 The goods']);
});

test('a heading that stands on every page like a header is found too', () => {
  const pages = [page(1, ['not assign this'], 'Schedule 1'), page(2, ['The goods.'], 'Schedule 2')];
  expect(across(pages, 'assign this schedule 2 the')).toEqual(['assign this', 'Schedule 2|The']);
  expect(across(pages, 'assign this the goods')).toEqual(['assign this', 'The goods']);
});

test('both parts are marked, as one place', () => {
  const own = findIn(FIRST, foldText(FIRST).text, patternOf('supplier') ?? /$^/u);
  const span = findAcross(FIRST, [SECOND], patternOf('this agreement') ?? /$^/u);
  const place = span ? [...own, span] : own;
  const found = new Map([[1, place]]);
  expect(spansByPage(found).get(2)).toEqual([span?.next]);
  expect(currentOn(found, { page: 1, index: 1 }, 1)).toBe(1);
  expect(currentOn(found, { page: 1, index: 1 }, 2)).toBe(0);
  expect(currentOn(found, { page: 1, index: 0 }, 2)).toBeNull();
});
