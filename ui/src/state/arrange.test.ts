// Thresholds, groups and the order of the list.
import { expect, test } from 'vitest';
import type { FindingView, GroupView } from '../backend';
import { arrange, inOrder, narrow, wereChecked } from './arrange';

const GROUPS: GroupView[] = [
  {
    title: 'The contract',
    categories: [
      { name: 'Parties', question: 'Who?', threshold: 0.3 },
      { name: 'Governing Law', question: 'Which law?', threshold: 0.5 },
    ],
  },
  { title: 'Liability', categories: [{ name: 'Insurance', question: 'Insured?', threshold: 0.4 }] },
];

function finding(id: number, category: string, confidence: number, start: number, text = ''): FindingView {
  return {
    id,
    category,
    text,
    start,
    end: start + 1,
    confidence,
    answer: null,
    answerBasis: null,
    page: 1,
    marks: [],
    check: null,
    review: { decision: 'unreviewed', origin: 'model', note: null, carried: null },
  };
}

const FINDINGS = [
  finding(0, 'Parties', 0.9, 50, 'Halden'),
  finding(1, 'Parties', 0.3, 10, 'Northwind'),
  finding(2, 'Parties', 0.1, 5),
  finding(3, 'Governing Law', 0.2, 70),
  finding(4, 'Governing Law', 0.49, 60),
  finding(5, 'Insurance', 0.8, 80, 'liability insurance'),
];

test('shows what a second model confirmed or added, whatever the threshold', () => {
  const check = (state: 'confirmed' | 'notConfirmed' | 'added') => ({
    state,
    model: 'heavy',
    confidence: 0.6,
  });
  const below = (id: number, state: 'confirmed' | 'notConfirmed' | 'added') => ({
    ...finding(id, 'Parties', 0.1, id),
    check: check(state),
  });
  const [group] = arrange(GROUPS, [below(0, 'confirmed'), below(1, 'notConfirmed'), below(2, 'added')], {});
  expect(group?.present[0]?.found.map(({ id }) => id)).toEqual([0, 2]);
});

test('what reaches the threshold is found, in the order of the contract', () => {
  const [contract, liability] = arrange(GROUPS, FINDINGS, {});
  expect(contract?.present.map(({ category, found }) => [category.name, found.map(({ id }) => id)])).toEqual([
    ['Parties', [1, 0]],
  ]);
  expect(contract?.count).toBe(2);
  expect(liability?.count).toBe(1);
});

test('a category without findings offers the passage that came nearest', () => {
  const absent = arrange(GROUPS, FINDINGS, {})[0]?.absent;
  expect(absent?.map(({ category, nearest }) => [category.name, nearest?.id])).toEqual([
    ['Governing Law', 4],
  ]);
  expect(arrange(GROUPS, [], {})[1]?.absent[0]?.nearest).toBeNull();
});

test("the person's thresholds come before the recommended ones", () => {
  const groups = arrange(GROUPS, FINDINGS, { Parties: 0.95, 'Governing Law': 0.2, Insurance: 0 });
  expect(inOrder(groups).map(({ id }) => id)).toEqual([4, 3, 5]);
});

const ALL = { show: 'all' as const, confirmed: [] };
const words = (filter: string) => ({ ...ALL, filter, doubtfulOnly: false });

test('words narrow the list by text, and a category name keeps the whole category', () => {
  const groups = arrange(GROUPS, FINDINGS, {});
  expect(inOrder(narrow(groups, words(' NORTHWIND '))).map(({ id }) => id)).toEqual([1]);
  expect(inOrder(narrow(groups, words('parties'))).map(({ id }) => id)).toEqual([1, 0]);
  expect(narrow(groups, words('governing'))[0]?.absent).toHaveLength(1);
  expect(narrow(groups, words('nothing like it'))).toEqual([]);
  expect(narrow(groups, words(''))).toBe(groups);
});

test('what a second model did not confirm is told apart', () => {
  const check = { model: 'large', confidence: 0.2 };
  const checked = FINDINGS.map((entry) => {
    if (entry.id === 1) return { ...entry, check: { ...check, state: 'notConfirmed' as const } };
    return entry.id === 5 ? { ...entry, check: { ...check, state: 'confirmed' as const } } : entry;
  });
  expect([wereChecked(FINDINGS), wereChecked(checked), wereChecked(undefined)]).toEqual([false, true, false]);
  const groups = arrange(GROUPS, checked, {});
  const doubtful = narrow(groups, { ...ALL, filter: '', doubtfulOnly: true });
  expect(inOrder(doubtful).map(({ id }) => id)).toEqual([1]);
  expect(doubtful.flatMap(({ absent }) => absent)).toEqual([]);
  expect(narrow(groups, { ...ALL, filter: 'halden', doubtfulOnly: true })).toEqual([]);
});
