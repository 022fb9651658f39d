// Which marks there are, and which one a click means.
import { expect, test } from 'vitest';
import type { DecisionView, FindingView, RectView } from '../backend';
import type { GroupArrangement } from '../state/arrange';
import { hitsAt, markedCount, marksByPage, pickHit, type PageMark } from './marks';

const plain = { convertToViewportPoint: (x: number, y: number) => [x, y] };
const mark = (findingId: number, rect: RectView): PageMark => ({
  findingId,
  category: 'Insurance',
  group: 0,
  decision: 'unreviewed',
  rect,
  lane: 0,
});
const finding = (id: number, category: string, pages: number[]): FindingView => ({
  id,
  category,
  text: '',
  start: id,
  end: id + 1,
  confidence: 0.9,
  answer: null,
  answerBasis: null,
  check: null,
  page: pages[0] ?? 1,
  marks: pages.map((page) => ({ page, rect: [0, 0, 10, 10] })),
  review: { decision: 'unreviewed', origin: 'model', note: null, carried: null },
});
const decided = (found: FindingView, decision: DecisionView): FindingView => ({
  ...found,
  review: { ...found.review, decision },
});
const placed = (id: number, ...rects: RectView[]): FindingView => ({
  ...finding(id, 'Insurance', [1]),
  marks: rects.map((rect) => ({ page: 1, rect })),
});
const entry = (name: string, found: FindingView[]) => ({
  category: { name, question: '', threshold: 0.5 },
  threshold: 0.5,
  found,
  nearest: null,
});

test('a finding over a page break is marked on both pages', () => {
  const group: GroupArrangement = {
    title: 'G',
    index: 3,
    present: [entry('Insurance', [finding(1, 'Insurance', [4, 5])])],
    absent: [entry('Audit Rights', [])],
    count: 1,
  };
  const pages = marksByPage([group], null);
  expect([...pages.keys()]).toEqual([4, 5]);
  expect(pages.get(5)?.[0]).toMatchObject({ findingId: 1, group: 3 });
  const withNearest = marksByPage([group], finding(9, 'Audit Rights', [5]));
  expect(withNearest.get(5)?.map(({ findingId }) => findingId)).toEqual([1, 9]);
});

const groupOf = (found: FindingView[]): GroupArrangement => ({
  title: 'G',
  index: 0,
  present: [entry('Insurance', found)],
  absent: [],
  count: found.length,
});

test('what was rejected is not marked, and what was accepted says so', () => {
  const group = groupOf([
    finding(1, 'Insurance', [1]),
    decided(finding(2, 'Insurance', [1]), 'rejected'),
    decided(finding(3, 'Insurance', [1]), 'accepted'),
  ]);
  const marks = marksByPage([group], null).get(1) ?? [];
  expect(marks.map(({ findingId, decision }) => [findingId, decision])).toEqual([
    [1, 'unreviewed'],
    [3, 'accepted'],
  ]);
  expect(markedCount(group)).toBe(2);
});

test('marks that lie over each other have their lines one below the other', () => {
  const group = groupOf([
    placed(1, [0, 0, 40, 10], [0, 20, 90, 30]),
    placed(2, [20, 0, 300, 10]),
    placed(3, [30, 1, 38, 9]),
    placed(4, [35, 0, 39, 10]),
    placed(5, [300, 0, 310, 10]),
  ]);
  const lanes = (marksByPage([group], null).get(1) ?? []).map(({ findingId, lane }) => [findingId, lane]);
  expect(lanes).toEqual([
    [1, 1],
    [1, 0],
    [2, 0],
    [3, 2],
    [4, 2],
    [5, 0],
  ]);
});

test('the smallest mark is hit first, and each finding once', () => {
  const marks = [mark(1, [0, 0, 100, 10]), mark(2, [20, 0, 40, 10]), mark(1, [0, 0, 90, 10])];
  const ids = hitsAt(marks, plain, 30, 5).map(({ findingId }) => findingId);
  expect(ids).toEqual([2, 1]);
  expect(hitsAt(marks, plain, 30, 50)).toEqual([]);
});

test('clicking again goes round the marks under the pointer', () => {
  const hits = [mark(2, [0, 0, 1, 1]), mark(1, [0, 0, 1, 1])];
  expect(pickHit(hits, null)?.findingId).toBe(2);
  expect(pickHit(hits, 2)?.findingId).toBe(1);
  expect(pickHit(hits, 1)?.findingId).toBe(2);
  expect(pickHit([], 1)).toBeNull();
});
