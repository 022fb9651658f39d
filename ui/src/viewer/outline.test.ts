// Outlines as files have them, good and bad.
import { expect, test } from 'vitest';
import { entryAt, readOutline } from './outline';

const node = (title: string, dest: unknown, items: unknown[] = []) => ({ title, dest, items });

/** A file with an outline: pages are named by letters, and one destination has a name. */
function file(nodes: unknown[] | null) {
  return {
    getOutline: async () => nodes as never,
    getDestination: async (name: string) => (name === 'named' ? ['c', { name: 'FitH' }, 500] : null) as never,
    getPageIndex: async (page: unknown) => {
      const index = 'abcdef'.indexOf(page as string);
      if (index === -1) throw new Error('no such page');
      return index;
    },
  };
}

test('headings lead to pages and to heights of them', async () => {
  const outline = await readOutline(
    file([
      node(' Term \n and termination ', ['b', { name: 'XYZ' }, 72, 640, null], [node('Renewal', 'named')]),
      node('Exhibit', [4, { name: 'Fit' }]),
    ]),
  );
  expect(outline).toMatchObject([
    { id: '0', title: 'Term and termination', page: 2, at: { x: 72, y: 640 } },
    { id: '1', title: 'Exhibit', page: 5, at: null },
  ]);
  expect(outline[0]?.children).toMatchObject([
    { id: '0.0', title: 'Renewal', page: 3, at: { x: 0, y: 500 } },
  ]);
});

test('what leads nowhere stays a heading', async () => {
  const outline = await readOutline(
    file([node('', null), node('Lost', ['z', { name: 'Fit' }]), node('Unknown', 'unknown')]),
  );
  expect(outline.map(({ title, page }) => [title, page])).toEqual([
    ['Without a title', null],
    ['Lost', null],
    ['Unknown', null],
  ]);
});

test('a file without an outline, or with one that goes on for ever, is no harm', async () => {
  expect(await readOutline(file(null))).toEqual([]);
  const endless = node('Again', [0, { name: 'Fit' }]);
  endless.items.push(endless);
  let depth = 0;
  for (let entry = (await readOutline(file([endless])))[0]; entry; entry = entry.children[0]) depth += 1;
  expect(depth).toBe(8);
});

test('the heading in force is the last one that has begun', async () => {
  const outline = await readOutline(
    file([
      node('One', ['a', { name: 'Fit' }], [node('One and a half', ['b', { name: 'Fit' }])]),
      node('Two', ['d', { name: 'Fit' }]),
    ]),
  );
  expect([1, 2, 3, 4, 9].map((page) => entryAt(outline, page))).toEqual(['0', '0.0', '0.0', '1', '1']);
  expect(entryAt([], 3)).toBeNull();
});
