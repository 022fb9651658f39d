// The review of fixture contracts, kept for as long as the tab is open: what a person did, and what a reading says after it.
import type {
  CarriedView,
  DecisionView,
  FindingReviewView,
  FindingView,
  LostClauseView,
  MarkView,
  RectView,
  ReviewAction,
  ReviewView,
  SelectedView,
} from './types';

/** A word of a contract as the fixtures note it: page, rectangle and first byte. */
export type FixtureWord = [word: string, page: number, rect: RectView, start: number];

/** What was decided about an earlier version of a contract. */
export interface Earlier {
  decided: Record<string, { carried: CarriedView; decision: DecisionView; note?: string }>;
  lost: LostClauseView[];
}

/** What was done, with the number that a clause got that was added by it. */
type Step = ReviewAction & { added?: number };

interface Kept {
  done: Step[];
  undone: Step[];
}

export interface Reviewed {
  findings: FindingView[];
  review: ReviewView;
}

export interface ReviewRoom {
  act(action: ReviewAction): void;
  undo(): void;
  redo(): void;
  /** The findings of a reading after everything that was done. */
  apply(findings: FindingView[]): Reviewed;
}

/** Added clauses have numbers above those of any reading. */
const FIRST_ADDED = 10_000;

export const UNREVIEWED: FindingReviewView = {
  decision: 'unreviewed',
  origin: 'model',
  note: null,
  carried: null,
};

export function createReviewRoom(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  key: string,
  words: FixtureWord[],
  earlier: Earlier | null,
): ReviewRoom {
  const kept = (): Kept => JSON.parse(storage.getItem(key) ?? '{"done":[],"undone":[]}') as Kept;
  const keep = (value: Kept) => storage.setItem(key, JSON.stringify(value));

  return {
    act(action) {
      const { done, undone } = kept();
      const before = [...done, ...undone].filter(({ kind }) => kind === 'add').length;
      const step: Step = action.kind === 'add' ? { ...action, added: FIRST_ADDED + before } : action;
      keep({ done: [...done, step], undone: [] });
    },
    undo() {
      const { done, undone } = kept();
      const last = done.pop();
      if (last) keep({ done, undone: [...undone, last] });
    },
    redo() {
      const { done, undone } = kept();
      const last = undone.pop();
      if (last) keep({ done: [...done, last], undone });
    },
    apply(findings) {
      const { done, undone } = kept();
      const start: Reviewed = {
        findings: findings.map((finding) => ({ ...finding, review: reviewBefore(finding, earlier) })),
        review: { undo: null, redo: null, confirmedAbsent: [], lost: earlier?.lost ?? [] },
      };
      const after = done.reduce((reviewed, step) => take(reviewed, step, words), start);
      const label = (step: Step | undefined) => (step ? labelOf(step, after.findings) : null);
      return { ...after, review: { ...after.review, undo: label(done.at(-1)), redo: label(undone.at(-1)) } };
    },
  };
}

function reviewBefore({ category }: FindingView, earlier: Earlier | null): FindingReviewView {
  const was = earlier?.decided[category];
  return was
    ? { decision: was.decision, origin: 'model', note: was.note ?? null, carried: was.carried }
    : UNREVIEWED;
}

function take({ findings, review }: Reviewed, step: Step, words: FixtureWord[]): Reviewed {
  const change = (id: number, to: (finding: FindingView) => FindingView): Reviewed => ({
    findings: findings.map((finding) => (finding.id === id ? to(finding) : finding)),
    review,
  });
  const withReview = (id: number, part: Partial<FindingReviewView>) =>
    change(id, (finding) => ({ ...finding, review: { ...finding.review, ...part } }));
  switch (step.kind) {
    case 'accept':
      return withReview(step.finding, { decision: 'accepted' });
    case 'reject':
      return withReview(step.finding, { decision: 'rejected' });
    case 'reopen':
      return withReview(step.finding, { decision: 'unreviewed' });
    case 'note':
      return withReview(step.finding, { note: step.text.trim() || null });
    case 'edit':
      return change(step.finding, (finding) => ({
        ...finding,
        ...passage(step.selected, words),
        review: {
          ...finding.review,
          decision: 'accepted',
          origin: finding.review.origin === 'added' ? 'added' : 'edited',
        },
      }));
    case 'add': {
      const added: FindingView = {
        ...passage(step.selected, words),
        id: step.added ?? FIRST_ADDED,
        category: step.category,
        confidence: 1,
        answer: null,
        answerBasis: null,
        check: null,
        review: { decision: 'accepted', origin: 'added', note: null, carried: null },
      };
      return {
        findings: [...findings, added],
        review: {
          ...review,
          confirmedAbsent: review.confirmedAbsent.filter((name) => name !== step.category),
        },
      };
    }
    case 'confirmAbsent':
      return { findings, review: { ...review, confirmedAbsent: [...review.confirmedAbsent, step.category] } };
    case 'reopenAbsent':
      return {
        findings,
        review: {
          ...review,
          confirmedAbsent: review.confirmedAbsent.filter((name) => name !== step.category),
        },
      };
  }
}

const VERBS: Record<ReviewAction['kind'], string> = {
  accept: 'Accept',
  reject: 'Reject',
  reopen: 'Reopen',
  note: 'Note on',
  edit: 'Edit',
  add: 'Add',
  confirmAbsent: 'Confirm: no',
  reopenAbsent: 'Reopen',
};

function labelOf(step: Step, findings: FindingView[]): string {
  const category =
    'category' in step ? step.category : findings.find(({ id }) => id === step.finding)?.category;
  return `${VERBS[step.kind]} ${category ?? 'a clause'}`;
}

/** The words whose middle lies in what was selected. */
function passage(
  selected: SelectedView[],
  words: FixtureWord[],
): Pick<FindingView, 'text' | 'start' | 'end' | 'page' | 'marks'> {
  const inside = words.filter(([, page, [x0, y0, x1, y1]]) =>
    selected.some(
      (view) =>
        view.page === page &&
        view.rects.some(([a, b, c, d]) => {
          const x = (x0 + x1) / 2;
          const y = (y0 + y1) / 2;
          return x >= a && x <= c && y >= b && y <= d;
        }),
    ),
  );
  const marks: MarkView[] = selected.flatMap(({ page, rects }) => rects.map((rect) => ({ page, rect })));
  const start = inside[0]?.[3] ?? 0;
  const last = inside.at(-1);
  return {
    text: inside.map(([word]) => word).join(' '),
    start,
    end: last ? last[3] + last[0].length : start,
    page: selected[0]?.page ?? 1,
    marks,
  };
}
