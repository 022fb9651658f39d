// Contracts that nobody wrote, for the matrix: the same for the same number, however many there are.
import type { CategoryView, MatrixCellView, MatrixRowView } from './types';

const FIRST = [
  'Arden', 'Bellwether', 'Caldera', 'Dunmore', 'Eastgate', 'Fairhaven', 'Gresham', 'Holloway', 'Ironbridge',
  'Juniper', 'Kestrel', 'Larkspur', 'Meridian', 'Northwind', 'Oakhurst', 'Pembroke', 'Quarry', 'Ravenna',
]; // prettier-ignore
const SECOND = [
  'Halden',
  'Orison',
  'Castellan',
  'Vantage',
  'Brightwater',
  'Sable',
  'Thornbury',
  'Ashgrove',
  'Lindqvist',
];
const KINDS = [
  'Distribution Agreement', 'Software License', 'Master Services Agreement', 'Supply Agreement', 'Joint Venture',
  'Reseller Agreement', 'Consulting Agreement', 'Lease', 'Franchise Agreement', 'Maintenance Agreement',
]; // prettier-ignore
const LAWS = ['New York', 'Delaware', 'England and Wales', 'California', 'Germany', 'Texas', 'Singapore'];
const TERMS = ['1 year', '2 years', '3 years', '5 years', '18 months', 'successive 1 year'];
const NOTICES = ['30 days', '60 days', '90 days', '6 months', '180 days'];
const MONTHS = ['January', 'March', 'April', 'June', 'July', 'September', 'October', 'December'];

/** What the answers of a category look like; of the others the beginning of a clause is shown. */
const ANSWERS: Partial<Record<string, (draw: Draw) => string>> = {
  'Document Name': (draw) => draw.of(KINDS),
  Parties: (draw) => `${draw.of(FIRST)} Inc. (“${draw.of(FIRST)}”)`,
  'Agreement Date': (draw) => date(draw, 2009),
  'Effective Date': (draw) => date(draw, 2010),
  'Expiration Date': (draw) => date(draw, 2021),
  'Governing Law': (draw) => draw.of(LAWS),
  'Renewal Term': (draw) => draw.of(TERMS),
  'Notice Period to Terminate Renewal': (draw) => draw.of(NOTICES),
  'Warranty Duration': (draw) => draw.of(TERMS),
};
const CLAUSES = [
  'Neither party may assign this Agreement without the prior written consent of the other',
  'Supplier shall keep complete and accurate books and records and permit their inspection',
  'In no event shall the total liability of either party exceed the fees paid hereunder',
  'Customer shall purchase no less than the quantities that are set out in Exhibit B',
  'During the Term, Licensee shall not manufacture or market any competing product',
  'The license granted herein is non-exclusive, non-transferable and may not be sublicensed',
  'Either party may terminate this Agreement upon ninety days’ written notice',
];
/** Categories that most contracts have; the others are in about every third one. */
const USUAL = new Set([
  'Document Name',
  'Parties',
  'Agreement Date',
  'Effective Date',
  'Governing Law',
  'Expiration Date',
]);

interface Draw {
  /** From 0 to 1. */
  share(): number;
  of(words: string[]): string;
  below(limit: number): number;
}

/** Mulberry32: small, and the same everywhere. */
function drawFrom(seed: number): Draw {
  let state = (seed + 1) * 0x9e3779b1;
  const share = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(share() * limit);
  return { share, below, of: (words) => words[below(words.length)] ?? '' };
}

function date(draw: Draw, from: number): string {
  return `${1 + draw.below(28)} ${draw.of(MONTHS)} ${from + draw.below(12)}`;
}

export function inventedRow(number: number, categories: CategoryView[], openedAt: number): MatrixRowView {
  const draw = drawFrom(number);
  const title = `${draw.of(FIRST)}-${draw.of(SECOND)} ${draw.of(KINDS)}`;
  const fileName = number < 120 ? `${title}.pdf` : `${title} (${1 + Math.floor(number / 120)}).pdf`;
  const isRead = draw.share() > 0.08;
  /** How far a person has come with it. */
  const zeal = number % 3 === 0 ? 1 : draw.share() * 0.8;
  const cells = categories.map((category) =>
    isRead
      ? cell(draw, category, zeal)
      : { state: 'unread' as const, text: null, clauses: 0, confidence: null },
  );
  return {
    sha256: `${number}`.padStart(64, 'c0ffee'),
    path: `/home/lawyer/Archive/${fileName}`,
    fileName,
    pages: 2 + Math.floor(draw.share() ** 3 * 240),
    openedAt,
    isRead,
    reviewed: cells.filter(({ state }) => state === 'accepted' || state === 'absent').length,
    cells,
  };
}

function cell(draw: Draw, { name, threshold }: CategoryView, zeal: number): MatrixCellView {
  const isFound = draw.share() < (USUAL.has(name) ? 0.93 : 0.34);
  const isDecided = draw.share() < zeal;
  if (!isFound) {
    return { state: isDecided ? 'absent' : 'missing', text: null, clauses: 0, confidence: null };
  }
  return {
    state: isDecided ? 'accepted' : 'unreviewed',
    text: (ANSWERS[name] ?? ((words: Draw) => words.of(CLAUSES)))(draw),
    clauses: draw.share() < 0.75 ? 1 : 2 + draw.below(3),
    confidence: Math.round((threshold + draw.share() * (0.99 - threshold)) * 100) / 100,
  };
}
