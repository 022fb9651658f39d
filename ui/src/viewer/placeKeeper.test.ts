// A point stays where it is in the view.
import { expect, test } from 'vitest';
import { GAP, leftOf, stack } from './pageLayout';
import { PlaceKeeper, type Scroller } from './placeKeeper';

const letter = { width: 600, height: 800 };
const pages = Array.from({ length: 5 }, () => letter);
const view = (): Scroller => ({ scrollLeft: 0, scrollTop: 0, clientWidth: 500, clientHeight: 600 });

test('zooming about the pointer keeps the point under it', () => {
  const keeper = new PlaceKeeper(1);
  const node = view();
  const before = stack(pages, 1);
  keeper.restore(node, before);
  node.scrollTop = (before.tops[2] ?? 0) + 100;
  keeper.hold(node, 120, 300);
  const part = (node.scrollLeft + 120 - leftOf(before, 2, 500)) / 600;
  const after = stack(pages, 2);
  keeper.restore(node, after);
  expect(node.scrollTop + 300).toBeCloseTo((after.tops[2] ?? 0) + 400 * 2);
  expect((node.scrollLeft + 120 - leftOf(after, 2, 500)) / 1200).toBeCloseTo(part);
});

test('after four quarter turns everything is where it was', () => {
  const keeper = new PlaceKeeper(2);
  const node = view();
  const upright = stack(pages, 1);
  const turned = stack(
    pages.map(({ width, height }) => ({ width: height, height: width })),
    1,
  );
  keeper.restore(node, upright);
  node.scrollTop = (upright.tops[1] ?? 0) + 150;
  node.scrollLeft = 40;
  for (const layout of [turned, upright, turned, upright]) {
    keeper.turn(node);
    keeper.restore(node, layout);
  }
  expect(node.scrollTop).toBeCloseTo((upright.tops[1] ?? 0) + 150);
  expect(node.scrollLeft).toBeCloseTo(40);
});

test('a whole page begins at the top, and the place is remembered for its contract', () => {
  const keeper = new PlaceKeeper(3);
  const node = view();
  const layout = stack(pages, 1);
  keeper.restore(node, layout);
  node.scrollTop = (layout.tops[3] ?? 0) + 30;
  keeper.holdPage(node);
  const again = view();
  new PlaceKeeper(3).restore(again, layout);
  expect(again.scrollTop).toBe((layout.tops[3] ?? 0) - GAP);
  const other = view();
  new PlaceKeeper(4).restore(other, layout);
  expect(other.scrollTop).toBe(layout.tops[0]);
});
