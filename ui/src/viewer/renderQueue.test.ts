// The order in which pages are drawn.
import { expect, test } from 'vitest';
import { RenderQueue } from './renderQueue';

const idle = () => new Promise((resolve) => setTimeout(resolve, 0));

test('pages near the view come first, and one that left does not come at all', async () => {
  const queue = new RenderQueue();
  const drawn: number[] = [];
  const draw = (page: number) => queue.add(page, async () => void drawn.push(page));
  queue.focus(5);
  draw(1);
  const leave = draw(4);
  draw(6);
  draw(5);
  leave();
  await idle();
  expect(drawn).toEqual([5, 6, 1]);
});

test('a page that cannot be drawn does not hold up the others', async () => {
  const queue = new RenderQueue();
  const drawn: number[] = [];
  queue.add(0, () => Promise.reject(new Error('damaged')));
  queue.add(1, async () => void drawn.push(1));
  await idle();
  expect(drawn).toEqual([1]);
});

test('small pictures are drawn when no page waits any more', async () => {
  const queue = new RenderQueue();
  const drawn: string[] = [];
  queue.add(0, async () => void drawn.push('small 1'), 1);
  queue.add(9, async () => void drawn.push('page 10'));
  queue.add(8, async () => void drawn.push('page 9'));
  await idle();
  expect(drawn).toEqual(['page 9', 'page 10', 'small 1']);
});
