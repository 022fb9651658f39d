// A cell in words, for the line below the grid and for a screen reader.
import type { CellState, MatrixCellView, MatrixRowView } from '../backend';
import { answerInWords, confidenceWord, counted, percent } from '../shared/format';

export const STATE_WORDS: Record<CellState, string> = {
  unread: 'Not read yet',
  missing: 'Nothing found',
  absent: 'Confirmed: none',
  unreviewed: 'To review',
  accepted: 'Accepted',
};

/** In the order of the legend. */
export const STATES: CellState[] = ['unreviewed', 'accepted', 'missing', 'absent', 'unread'];

/** "To review: New York. 2 clauses. Confidence high, 97 %". */
export function describeCell({ state, text, clauses, confidence }: MatrixCellView): string {
  const parts = [text === null ? STATE_WORDS[state] : `${STATE_WORDS[state]}: ${answerInWords(text)}`];
  if (clauses > 1) parts.push(counted(clauses, 'clause', 'clauses'));
  if (confidence !== null) parts.push(`Confidence ${confidenceWord(confidence)}, ${percent(confidence)}`);
  return parts.join('. ');
}

export function reviewedWords({ isRead, reviewed }: MatrixRowView, categories: number): string {
  return isRead ? `${reviewed} of ${categories}` : 'Not read';
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

export function openedWords({ openedAt }: MatrixRowView): string {
  return DAY.format(openedAt);
}

/** "Arden NDA.pdf. 12 pages. 23 of 41 categories reviewed. Opened 2 Mar 2026". */
export function describeContract(row: MatrixRowView, categories: number): string {
  const reviewed = row.isRead ? `${row.reviewed} of ${categories} categories reviewed` : 'Not read yet';
  const pages = counted(row.pages, 'page', 'pages');
  return `${row.fileName}. ${pages}. ${reviewed}. Opened ${openedWords(row)}`;
}
