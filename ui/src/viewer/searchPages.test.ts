// Going through many pages.
import { expect, test } from 'vitest';
import type { TextSpan } from './findText';
import { MOST, searchPages, type SearchState } from './searchPages';

const span: TextSpan = { from: { piece: 0, offset: 0 }, to: { piece: 0, offset: 1 } };

/** A search on a clock that goes on by 5 with every look at it. */
function setting(pages: number, look: (page: number) => TextSpan[] | Promise<TextSpan[]>, first = 1) {
  const states: SearchState[] = [];
  const seen: number[] = [];
  let time = 0;
  let pauses = 0;
  const search = {
    pages,
    first,
    look: (page: number) => {
      seen.push(page);
      return look(page);
    },
    report: (state: SearchState) => void states.push(state),
    stopped: () => false,
    pause: async () => void (pauses += 1),
    now: () => (time += 5),
  };
  return { search, states, seen, pauses: () => pauses };
}

test('begins at the page in view and goes round', async () => {
  const { search, states, seen } = setting(4, (page) => (page === 2 ? [span, span] : []), 3);
  await searchPages(search);
  expect(seen).toEqual([3, 4, 1, 2]);
  expect(states.at(-1)).toMatchObject({ total: 2, done: 4, ended: true });
  expect([...(states.at(-1)?.found.keys() ?? [])]).toEqual([2]);
});

test('lets the window work and says how far it is', async () => {
  const { search, states, pauses } = setting(800, () => []);
  await searchPages(search);
  expect(pauses()).toBeGreaterThan(100);
  expect(states.length).toBeGreaterThan(10);
  const between = states.slice(0, -1);
  expect(between.every(({ ended }) => !ended)).toBe(true);
  expect(between.map(({ done }) => done)).toEqual(between.map(({ done }) => done).toSorted((a, b) => a - b));
});

test('the first place is told at once', async () => {
  const { search, states } = setting(800, (page) => (page === 1 ? [span] : []));
  await searchPages(search);
  expect(states[0]).toMatchObject({ total: 1, done: 1, ended: false });
});

test('a search that was stopped says nothing more', async () => {
  const { search, states } = setting(10, async () => [span]);
  let asked = 0;
  await searchPages({ ...search, stopped: () => (asked += 1) > 3 });
  expect(states.some(({ ended }) => ended)).toBe(false);
});

test('ends where nobody would go on', async () => {
  const many = Array.from({ length: MOST }, () => span);
  const { search, states, seen } = setting(10, () => many);
  await searchPages(search);
  expect(seen).toEqual([1]);
  expect(states.at(-1)).toMatchObject({ total: MOST, ended: true });
});
