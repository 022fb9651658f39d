// Finding words in a contract.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { around, apart, byLine, measure, recorded } from './paper';
import { expect, finding, openWindow, pageDrawn, settled, test } from './window';

const words = (page: Page) => page.getByTestId('find-words');
const state = (page: Page) => page.getByTestId('find-state');
const current = (page: Page) => page.locator('[data-testid="find-mark"][data-current="true"]');

/** How often words stand in the agreement, counted in what the fixtures draw. */
function occurrences(pattern: RegExp): number {
  const source = readFileSync(new URL('../fixtures/contracts.mjs', import.meta.url), 'utf8');
  const [, pages = ''] = /export const AGREEMENT_PAGES = (.*?)\n\];/s.exec(source) ?? [];
  return pages.match(pattern)?.length ?? 0;
}

async function look(page: Page, wanted: string): Promise<void> {
  await expect(page.getByTestId('find-toggle')).toBeVisible();
  await page.keyboard.press('Control+f');
  await expect(words(page)).toBeFocused();
  await words(page).fill(wanted);
}

test('every place is counted, marked on its page and gone through', async ({ page }) => {
  await openWindow(page);
  const sheet = await pageDrawn(page, 1);
  const total = occurrences(/distributor/gi);
  await look(page, 'dIsTributor');
  await expect(state(page)).toHaveText(`1 of ${total}`);
  await settled(sheet);
  const { at, marks, boxes } = await measure(page, 1, '.find-mark', 'Distributor');
  expect(at).toBeGreaterThan(0);
  expect(marks).toHaveLength(4);
  expect(apart(around(boxes), marks[0] ?? around([]))).toBeLessThan(3);

  await page.keyboard.press('Enter');
  await expect(state(page)).toHaveText(`2 of ${total}`);
  await page.keyboard.press('F3');
  await expect(state(page)).toHaveText(`3 of ${total}`);
  await page.keyboard.press('Shift+F3');
  await page.keyboard.press('Shift+Enter');
  await expect(state(page)).toHaveText(`1 of ${total}`);
  await page.getByTestId('find-previous').click();
  await expect(state(page)).toHaveText(`${total} of ${total}`);
  await pageDrawn(page, 6);
  await expect(current(page)).toBeInViewport();
});

test('words over a line break are one place, however they are typed', async ({ page }) => {
  await openWindow(page);
  const clause = recorded('Minimum Commitment');
  await look(page, `  ${clause.text.toUpperCase().replaceAll(' ', '   ')}`);
  await expect(state(page)).toHaveText('1 of 1');
  const sheet = await pageDrawn(page, 2);
  await expect(current(page)).toHaveCount(clause.marks.length);
  await settled(sheet);
  const { marks, boxes } = await measure(page, 2, '.find-mark', clause.text);
  const lines = byLine(boxes);
  expect(lines).toHaveLength(clause.marks.length);
  lines.forEach((line, index) => expect(apart(line, marks[index] ?? around([]))).toBeLessThan(3));
});

test('words over the end of a page are one place, marked on both pages', async ({ page }) => {
  await openWindow(page, '?open=long');
  await pageDrawn(page, 1);
  await look(page, 'in writing. Schedule 2 2.1 the supplier');
  await expect(state(page)).toContainText('1 of 1');
  // The page's number stands between the two.
  await page.getByRole('region', { name: 'Pages', exact: true }).evaluate((node) => node.scrollBy(0, 300));
  await pageDrawn(page, 2);
  const on = (number: number) =>
    page.getByTestId(`page-${number}`).locator('.find-mark[data-current="true"]');
  await expect(on(1)).toHaveCount(1);
  await expect(on(2)).toHaveCount(2);
  const rest = await measure(page, 2, '.find-mark', 'Schedule 2');
  expect(apart(around(rest.boxes), rest.marks[0] ?? around([]))).toBeLessThan(3);
});

test('places are found and marked on pages that are turned and enlarged', async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press('Control+Shift+R');
  await look(page, 'warehouses of Distributor');
  await expect(state(page)).toHaveText('1 of 1');
  await pageDrawn(page, 3);
  await page.keyboard.press('Control+=');
  const sheet = await pageDrawn(page, 3);
  await settled(sheet);
  const { marks, boxes } = await measure(page, 3, '.find-mark', 'warehouses of Distributor');
  expect(marks).toHaveLength(1);
  expect(apart(around(boxes), marks[0] ?? around([]))).toBeLessThan(3);
});

test('Escape closes the bar and gives the focus back', async ({ page }) => {
  await openWindow(page);
  const card = finding(page, 'Governing Law');
  await card.click();
  await card.focus();
  await look(page, 'new york');
  await expect(state(page)).toContainText('1 of');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('find-bar')).toHaveCount(0);
  await expect(page.getByTestId('find-mark')).toHaveCount(0);
  await expect(card).toBeFocused();
  // The clause stays selected: Escape meant the bar alone.
  await expect(card).toHaveAttribute('aria-selected', 'true');
  await page.getByTestId('find-toggle').click();
  await expect(words(page)).toHaveValue('new york');
});

test('what is not found says so, with the pages that have no text', async ({ page }) => {
  await openWindow(page);
  await look(page, 'arbitration in Geneva');
  await expect(state(page)).toHaveText('Not found; 1 page is a picture without text');
});

test('hundreds of pages are searched without drawing them, and say how far it is', async ({ page }) => {
  await openWindow(page, '?open=long');
  await pageDrawn(page, 1);
  await page.keyboard.press('Control+f');
  await state(page).evaluate((node) => {
    const seen: string[] = [];
    Object.assign(window, { seenStates: seen });
    new MutationObserver(() => seen.push(node.textContent ?? '')).observe(node, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await words(page).fill('300.12 the supplier');
  await expect(state(page)).toHaveText('1 of 1');
  await pageDrawn(page, 300);
  await expect(current(page)).toBeInViewport();
  expect(await page.locator('canvas').count()).toBeLessThanOrEqual(6);
  const seen = await page.evaluate(() => (window as unknown as { seenStates: string[] }).seenStates);
  expect(seen.some((text) => /^Searching page \d+ of 320$/.test(text))).toBe(true);
  // Known by now, all pages are gone through at once.
  await words(page).fill('the supplier shall');
  await expect(state(page)).toHaveText(/^\d+ of 3,?840$/);
});
