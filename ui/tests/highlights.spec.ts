// Marks lie on their words: measured against where pdf.js puts the text, at two zooms, turned and cropped.
import type { Page } from '@playwright/test';
import type { PageView } from '../src/backend/types';
import { agreement, expectedShare, measure, recorded, unturned, type Box } from './paper';
import { expect, finding, highlights, openWindow, pageDrawn, settled, test } from './window';

async function checkPage(page: Page, category: string, number: number, quarters = 0): Promise<void> {
  const entry = recorded(category);
  await finding(page, category).first().click();
  const sheet = await pageDrawn(page, number);
  await settled(sheet);
  const mark = highlights(page, String(entry.id)).first();
  await expect(mark).toBeInViewport();
  await expect(mark).toHaveAttribute('data-selected', 'true');

  const measured = await measure(page, number, `[data-finding-id="${entry.id}"]`, entry.text);
  expect(measured.at).toBeGreaterThanOrEqual(0);
  // Turned back, so that lines run from left to right.
  const back = (box: Box) => unturned(box, measured.sheet, quarters);
  const marks = measured.marks.map(back);
  const boxes = measured.boxes.map(back);
  const paper = back(measured.sheet);
  const here = entry.marks.filter((candidate) => candidate.page === number);
  expect(marks).toHaveLength(here.length);
  const view = agreement.pages[number - 1] as PageView;
  here.forEach(({ rect }, index) => {
    const share = expectedShare(view, rect);
    const drawn = marks[index] as Box;
    expect(Math.abs(drawn.left - share.left * paper.right)).toBeLessThan(3);
    expect(Math.abs(drawn.right - share.right * paper.right)).toBeLessThan(3);
    expect(Math.abs(drawn.top - share.top * paper.bottom)).toBeLessThan(3);
    expect(Math.abs(drawn.bottom - share.bottom * paper.bottom)).toBeLessThan(3);
  });
  // Every character of the clause lies in one of its marks, and the marks begin and end with characters.
  for (const character of boxes) {
    const middle = { x: (character.left + character.right) / 2, y: (character.top + character.bottom) / 2 };
    const inside = marks.some(
      (box) =>
        middle.x >= box.left - 3 &&
        middle.x <= box.right + 3 &&
        middle.y >= box.top &&
        middle.y <= box.bottom,
    );
    expect(inside).toBe(true);
  }
  for (const box of marks) {
    const line = boxes.filter(
      ({ top, bottom }) => (top + bottom) / 2 > box.top && (top + bottom) / 2 < box.bottom,
    );
    expect(Math.abs(Math.min(...line.map(({ left }) => left)) - box.left)).toBeLessThan(3);
    expect(Math.abs(Math.max(...line.map(({ right }) => right)) - box.right)).toBeLessThan(3);
  }
}

const PLACES: [string, string, number][] = [
  ['an upright page', 'Minimum Commitment', 2],
  ['a page turned by 90 degrees', 'Audit Rights', 3],
  ['a page with an offset crop box', 'IP Ownership Assignment', 4],
];

for (const [name, category, number] of PLACES) {
  test(`marks lie on the words of ${name}, at two zooms`, async ({ page }) => {
    await openWindow(page);
    await checkPage(page, category, number);
    for (let step = 0; step < 4; step += 1) await page.getByTestId('zoom-in').click();
    await expect(page.getByTestId('zoom-level')).toHaveText('200 %');
    await checkPage(page, category, number);
  });
}

for (const [name, category, number] of PLACES) {
  test(`marks stay on the words of ${name} that is turned for reading`, async ({ page }) => {
    await openWindow(page);
    for (const quarters of [1, 2, 3]) {
      await page.getByTestId('rotate').click();
      await checkPage(page, category, number, quarters);
    }
    await page.getByTestId('zoom-level').click();
    await page.getByRole('menuitemradio', { name: '150 %' }).click();
    await checkPage(page, category, number, 3);
  });
}

test('a clause over a page break is marked on both pages', async ({ page }) => {
  await openWindow(page);
  const card = finding(page, 'Post-Termination Services');
  await card.click();
  await pageDrawn(page, 5);
  await pageDrawn(page, 6);
  const id = await card.getAttribute('data-finding-id');
  await expect(card).toContainText('Pages 5–6');
  await expect(highlights(page, id).and(page.locator('[data-page="5"]'))).not.toHaveCount(0);
  await expect(highlights(page, id).and(page.locator('[data-page="6"]'))).not.toHaveCount(0);
});

test('a click on a mark selects its finding, and a further click the one beneath', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Cap on Liability').click();
  await finding(page, 'License Grant').click();
  await settled(await pageDrawn(page, 4));
  const inner = finding(page, 'Non-Transferable License');
  const mark = highlights(page, await inner.getAttribute('data-finding-id')).first();
  const box = await mark.boundingBox();
  if (!box) throw new Error('The mark is not shown.');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.click(middle.x, middle.y);
  // The outer clause was selected already, so the click goes on to the inner one, and the next one back.
  await expect(inner).toHaveAttribute('aria-selected', 'true');
  await expect(inner).toBeInViewport();
  await page.mouse.click(middle.x, middle.y);
  await expect(finding(page, 'License Grant')).toHaveAttribute('aria-selected', 'true');
});

test('text under a mark can be selected', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Insurance').click();
  await settled(await pageDrawn(page, 6));
  const id = await finding(page, 'Insurance').getAttribute('data-finding-id');
  const box = await highlights(page, id).first().boundingBox();
  if (!box) throw new Error('The mark is not shown.');
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const chosen = await page.evaluate(() => window.getSelection()?.toString() ?? '');
  expect(chosen).toContain('shall maintain at its own cost');
});
