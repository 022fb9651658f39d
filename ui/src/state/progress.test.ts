// How far a review is, what is left of it, and where one goes on.
import { expect, test } from 'vitest';
import type { DecisionView, FindingView, GroupView } from '../backend';
import { arrange, inOrder, narrow } from './arrange';
import { countsOf, groupProgress, nextOpen, nextPlace, placesOf, progressOf } from './progress';

const category = (name: string) => ({ name, question: `${name}?`, threshold: 0.5 });
const GROUPS: GroupView[] = [
  { title: 'The contract', categories: [category('Parties'), category('Third Party')] },
  { title: 'Liability', categories: [category('Insurance'), category('Damages')] },
];

function finding(
  id: number,
  name: string,
  confidence: number,
  decision: DecisionView = 'unreviewed',
): FindingView {
  return {
    id,
    category: name,
    text: `Words ${id}`,
    start: id,
    end: id + 1,
    confidence,
    answer: null,
    answerBasis: null,
    page: 1,
    marks: [],
    check: null,
    review: { decision, origin: 'model', note: null, carried: null },
  };
}

const FINDINGS = [
  finding(0, 'Parties', 0.9, 'rejected'),
  finding(1, 'Parties', 0.6),
  finding(2, 'Third Party', 0.2),
  finding(3, 'Insurance', 0.95, 'accepted'),
  finding(4, 'Insurance', 0.7),
];
const groups = arrange(GROUPS, FINDINGS, {});
const shown = (show: Parameters<typeof narrow>[1]['show'], confirmed: string[] = []) =>
  narrow(groups, { filter: '', doubtfulOnly: false, show, confirmed });

test('a category is reviewed when all its clauses are decided, or when it is confirmed to have none', () => {
  expect(progressOf(groups, [])).toEqual({ reviewed: 0, categories: 4 });
  expect(progressOf(groups, ['Damages'])).toEqual({ reviewed: 1, categories: 4 });
  // Confirmed once, but it has a clause now that is to be decided.
  expect(progressOf(groups, ['Insurance'])).toEqual({ reviewed: 0, categories: 4 });
  const decided = FINDINGS.map((entry) => (entry.id === 1 ? finding(1, 'Parties', 0.6, 'rejected') : entry));
  const [contract] = arrange(GROUPS, decided, {});
  expect(contract && groupProgress(contract, ['Third Party'])).toEqual({ reviewed: 2, categories: 2 });
});

test('what was rejected comes last in its category, and what was accepted counts below the threshold too', () => {
  expect(inOrder(groups).map(({ id }) => id)).toEqual([1, 0, 3, 4]);
  const accepted = FINDINGS.map((entry) =>
    entry.id === 2 ? finding(2, 'Third Party', 0.2, 'accepted') : entry,
  );
  expect(inOrder(arrange(GROUPS, accepted, {})).map(({ id }) => id)).toEqual([1, 0, 2, 3, 4]);
});

test('a rejected passage is no longer the nearest where there is another', () => {
  const two = [finding(0, 'Damages', 0.4, 'rejected'), finding(1, 'Damages', 0.1)];
  const nearest = (findings: FindingView[]) =>
    arrange(GROUPS, findings, {})[1]?.absent.find((entry) => entry.category.name === 'Damages')?.nearest?.id;
  expect(nearest(two)).toBe(1);
  expect(nearest(two.slice(0, 1))).toBe(0);
});

test('each part of the list holds what its name says, and as much as its number', () => {
  const listed = (show: Parameters<typeof shown>[0], confirmed: string[] = []) => {
    const narrowed = shown(show, confirmed);
    return [
      inOrder(narrowed).map(({ id }) => id),
      narrowed.flatMap(({ absent }) => absent.map((entry) => entry.category.name)),
    ];
  };
  expect(listed('unreviewed', ['Damages'])).toEqual([[1, 4], ['Third Party']]);
  expect(listed('uncertain')).toEqual([[1], []]);
  expect(listed('missing', ['Damages'])).toEqual([[], ['Third Party', 'Damages']]);
  expect(listed('rejected')).toEqual([[0], []]);
  expect(countsOf(groups, ['Damages'])).toEqual({
    all: 4,
    unreviewed: 3,
    uncertain: 1,
    missing: 2,
    rejected: 1,
  });
});

test('next and previous go round, over what is wanted', () => {
  const places = placesOf(groups, []);
  const clause = ({ kind }: (typeof places)[number]) => kind === 'clause';
  const at = (selected: number | null, step: 1 | -1) => {
    const place = nextPlace(places, { selected, absent: null }, step, clause);
    return place?.kind === 'clause' ? place.id : null;
  };
  expect([at(null, 1), at(null, -1), at(4, 1), at(1, -1), at(0, 1), at(3, -1)]).toEqual([1, 4, 1, 4, 3, 0]);
  expect(nextPlace([], { selected: null, absent: null }, 1, clause)).toBeNull();
  // From a category without a clause one goes on where it stands.
  expect(nextPlace(places, { selected: 2, absent: 'Third Party' }, 1, clause)).toMatchObject({ id: 3 });
});

test('after a decision the next clause is shown that is left, and then the next category', () => {
  const places = placesOf(groups, ['Damages']);
  expect(nextOpen(places, { selected: 1, absent: null })).toMatchObject({ kind: 'clause', id: 4 });
  expect(nextOpen(places, { selected: 4, absent: null })).toMatchObject({ kind: 'clause', id: 1 });
  const decided = placesOf(
    arrange(
      GROUPS,
      FINDINGS.map((entry) => ({ ...entry, review: { ...entry.review, decision: 'accepted' } })),
      {},
    ),
    [],
  );
  expect(nextOpen(decided, { selected: 4, absent: null })).toMatchObject({ category: 'Damages' });
  expect(nextOpen(decided, { selected: null, absent: 'Damages' })).toBeNull();
});
