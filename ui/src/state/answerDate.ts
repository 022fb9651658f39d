// The date in a short answer, for sorting.
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: day of)? ${MONTH},? (\\d{4})\\b`, 'i');
const MONTH_FIRST = new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'i');
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/;

/** Milliseconds since 1970 of the date that is written out in the answer, or null. */
export function answerDate(answer: string): number | null {
  const iso = ISO.exec(answer);
  if (iso) return Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  const day = DAY_FIRST.exec(answer);
  if (day) return timeOf(day[3], day[2], day[1]);
  const month = MONTH_FIRST.exec(answer);
  return month ? timeOf(month[3], month[1], month[2]) : null;
}

function timeOf(year = '', month = '', day = ''): number {
  return Date.UTC(Number(year), MONTHS.indexOf(month.slice(0, 3).toLowerCase()), Number(day));
}
