// What is selected on the pages reaches the state exactly, in PDF user space, at any zoom and turn.
import type { Page } from '@playwright/test';
import type { PageView } from '../src/backend/types';
import { agreement, apart, byLine, expectedShare, measure, recorded, unturned, type Box } from './paper';
import { expect, finding, highlights, openWindow, pageDrawn, settled, test } from './window';

const marks = (page: Page) => page.getByTestId('selection-mark');

/** Goes to a clause and waits until it stands still. */
async function show(page: Page, category: string, number: number): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await finding(page, category).first().click();
  await pageDrawn(page, number);
  const mark = highlights(page, String(recorded(category).id)).last();
  await expect(mark).toBeInViewport({ ratio: 1 });
  await settled(mark);
}

/** Selects words of a page as a person does, from the first letter to the last. */
async function select(page: Page, number: number, words: string): Promise<void> {
  const { boxes } = await measure(page, number, 'none', words);
  const [first, last] = [boxes[0] as Box, boxes.at(-1) as Box];
  // Just inside the first and the last letter, along the direction in which the line runs.
  const second = boxes[1] as Box;
  const across = Math.abs(second.left - first.left) > Math.abs(second.top - first.top);
  const forward = across ? second.left > first.left : second.top > first.top;
  const edge = (box: Box, end: boolean) =>
    across
      ? { x: end === forward ? box.right - 0.5 : box.left + 0.5, y: (box.top + box.bottom) / 2 }
      : { x: (box.left + box.right) / 2, y: end === forward ? box.bottom - 0.5 : box.top + 0.5 };
  const from = edge(first, false);
  const to = edge(last, true);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

/** The rectangles in the state, shown where the file has them, against the boxes of the words line by line. */
async function check(page: Page, number: number, words: string, quarters: number): Promise<void> {
  await expect(marks(page)).not.toHaveCount(0);
  const { boxes, sheet } = await measure(page, number, 'none', words);
  const paper = unturned(sheet, sheet, quarters);
  const lines = byLine(boxes.map((box) => unturned(box, sheet, quarters)));
  const rects = await marks(page).evaluateAll((nodes) =>
    nodes.map((node) => (node.getAttribute('data-rect') ?? '').split(' ').map(Number)),
  );
  expect(rects).toHaveLength(lines.length);
  lines.forEach((line, index) => {
    const share = expectedShare(agreement.pages[number - 1] as PageView, rects[index] ?? []);
    const told = {
      left: share.left * paper.right,
      right: share.right * paper.right,
      top: share.top * paper.bottom,
      bottom: share.bottom * paper.bottom,
    };
    expect(apart(told, line)).toBeLessThan(3);
  });
}

const PLACES: [string, string, number][] = [
  ['an upright page', 'Minimum Commitment', 2],
  ['a page turned by 90 degrees', 'Audit Rights', 3],
  ['a page with an offset crop box', 'IP Ownership Assignment', 4],
];

for (const [name, category, number] of PLACES) {
  test(`text selected on ${name} is told where it stands`, async ({ page }) => {
    // Large enough for a line that runs from top to bottom, on a page in landscape.
    await page.setViewportSize({ width: 1440, height: 1300 });
    await openWindow(page);
    const { text } = recorded(category);
    await page.getByTestId('zoom-level').click();
    await page.getByRole('menuitemradio', { name: '75 %' }).click();
    await show(page, category, number);
    await select(page, number, text);
    await check(page, number, text, 0);
    for (const quarters of [1, 2]) {
      await page.getByTestId('rotate').click();
      await show(page, category, number);
      await select(page, number, text);
      await check(page, number, text, quarters);
    }
    await page.keyboard.press('Control+=');
    await show(page, category, number);
    await select(page, number, text);
    await check(page, number, text, 2);
  });
}

test('a selection over two pages has an entry for each, and ends with a click', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Post-Termination Services').click();
  await pageDrawn(page, 5);
  await pageDrawn(page, 6);
  await page.evaluate(() => {
    const text = (number: number) =>
      document.querySelector(`[data-page-number="${number}"] .textLayer span`)?.firstChild as Node;
    window.getSelection()?.setBaseAndExtent(text(5), 0, text(6), 12);
  });
  await expect(page.getByTestId('page-6').getByTestId('selection-mark')).toHaveCount(1);
  await expect(page.getByTestId('page-5').getByTestId('selection-mark')).not.toHaveCount(0);
  await page.getByTestId('page-6').click({ position: { x: 20, y: 20 } });
  await expect(marks(page)).toHaveCount(0);
});

test('a field that takes the focus leaves what is selected, another contract does not', async ({ page }) => {
  await openWindow(page, '?open=agreement,nda');
  await show(page, 'Insurance', 6);
  await select(page, 6, recorded('Insurance').text);
  await expect(marks(page)).not.toHaveCount(0);
  await page.getByTestId('filter').click();
  await page.keyboard.type('cap');
  await expect(marks(page)).not.toHaveCount(0);
  await page.getByTestId('contract').nth(1).getByRole('button').first().click();
  await expect(marks(page)).toHaveCount(0);
  await page.getByTestId('contract').first().getByRole('button').first().click();
  await pageDrawn(page, 6);
  await expect(marks(page)).toHaveCount(0);
});
