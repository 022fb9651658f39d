// What a reading will say after an action, shown until the program has answered.
import type { FindingReviewView, ReadingView, ReviewAction } from '../backend';

function withReview(reading: ReadingView, id: number, change: Partial<FindingReviewView>): ReadingView {
  return {
    ...reading,
    findings: reading.findings.map((finding) =>
      finding.id === id ? { ...finding, review: { ...finding.review, ...change } } : finding,
    ),
  };
}

function withAbsent(reading: ReadingView, confirmedAbsent: string[]): ReadingView {
  return { ...reading, review: { ...reading.review, confirmedAbsent } };
}

/** The reading as it is expected; new words and new clauses are for the program to read. */
export function expected(reading: ReadingView, action: ReviewAction): ReadingView {
  const { confirmedAbsent } = reading.review;
  switch (action.kind) {
    case 'accept':
      return withReview(reading, action.finding, { decision: 'accepted' });
    case 'reject':
      return withReview(reading, action.finding, { decision: 'rejected' });
    case 'reopen':
      return withReview(reading, action.finding, { decision: 'unreviewed' });
    case 'note':
      return withReview(reading, action.finding, { note: action.text.trim() || null });
    case 'confirmAbsent':
      return withAbsent(reading, [...new Set([...confirmedAbsent, action.category])]);
    case 'reopenAbsent':
      return withAbsent(
        reading,
        confirmedAbsent.filter((name) => name !== action.category),
      );
    case 'edit':
    case 'add':
      return reading;
  }
}

/** The reading with the review that the program answered with last. */
export function restored(reading: ReadingView, answered: ReadingView): ReadingView {
  const reviews = new Map(answered.findings.map(({ id, review }) => [id, review]));
  return {
    ...reading,
    findings: reading.findings.map((finding) => ({
      ...finding,
      review: reviews.get(finding.id) ?? finding.review,
    })),
    review: answered.review,
  };
}

/** The answer with what a second model said meanwhile, which the review knows nothing of. */
export function withChecks(answer: ReadingView, reading: ReadingView): ReadingView {
  const checks = new Map(reading.findings.map(({ id, check }) => [id, check]));
  return {
    ...answer,
    findings: answer.findings.map((finding) => ({
      ...finding,
      check: finding.check ?? checks.get(finding.id) ?? null,
    })),
  };
}
