// The drawer beside the pages: the file's outline, or pictures of its pages.
import { expect, openWindow, pageDrawn, test } from './window';

test('a file without an outline has small pictures of its pages', async ({ page }) => {
  await openWindow(page);
  await expect(page.getByTestId('drawer')).toHaveCount(0);
  await page.getByTestId('drawer-toggle').click();
  const thumbs = page.getByTestId('thumbnail');
  await expect(thumbs).toHaveCount(7);
  await expect(thumbs.first().locator('canvas')).toHaveCount(1);
  await expect(thumbs.first()).toHaveAttribute('aria-current', 'true');
  await thumbs.nth(4).click();
  await pageDrawn(page, 5);
  await expect(page.getByTestId('page-number')).toHaveValue('5');
  await expect(thumbs.nth(4)).toHaveAttribute('aria-current', 'true');
  // Shown again after a new start, until it is hidden.
  await page.reload();
  await expect(thumbs).toHaveCount(7);
  await page.getByTestId('drawer-toggle').click();
  await expect(page.getByTestId('drawer')).toHaveCount(0);
});

test('pictures are drawn where they are seen only, and released', async ({ page }) => {
  await openWindow(page, '?open=long');
  await page.getByTestId('drawer-toggle').click();
  await page.getByTestId('drawer-pages').click();
  const canvases = page.getByTestId('thumbnails').locator('canvas');
  const list = page.getByTestId('thumbnails');
  await expect(page.locator('[data-thumb="1"] canvas')).toHaveCount(1);
  for (const number of [80, 200, 320]) {
    await list.evaluate((node, wanted) => {
      node.querySelector(`[data-thumb="${wanted}"]`)?.scrollIntoView({ block: 'end' });
    }, number);
    await expect(page.locator(`[data-thumb="${number}"] canvas`)).toHaveCount(1);
    expect(await canvases.count()).toBeLessThanOrEqual(8);
  }
  await expect(page.locator('[data-thumb="1"] canvas')).toHaveCount(0);
  // The pages themselves stay few, too.
  expect(await page.locator('.page-canvas canvas').count()).toBeLessThanOrEqual(5);
});

test('the outline of a file leads to its pages, by keys as well', async ({ page }) => {
  await openWindow(page, '?open=long');
  await pageDrawn(page, 1);
  await page.getByTestId('drawer-toggle').click();
  const entries = page.getByTestId('outline-entry');
  await expect(entries).toHaveCount(8);
  await entries.nth(2).click();
  await pageDrawn(page, 81);
  await expect(entries.nth(2)).toHaveAttribute('aria-current', 'true');

  await entries.nth(2).focus();
  await page.keyboard.press('ArrowRight');
  await expect(entries).toHaveCount(48);
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await pageDrawn(page, 84);
  const current = page.locator('[data-testid="outline-entry"][aria-current="true"]');
  await expect(current).toContainText('Schedule 84');
  await expect(current).toBeFocused();
});
