// How the pages are seen: zoom and turning.
import type { Page } from '@playwright/test';
import { expect, finding, openWindow, pageDrawn, settled, test } from './window';

async function choose(page: Page, name: string): Promise<void> {
  await page.getByTestId('zoom-level').click();
  await page.getByRole('menuitemradio', { name }).click();
}

test('the width, a whole page or the actual size can be chosen', async ({ page }) => {
  await openWindow(page);
  await pageDrawn(page, 1);
  await choose(page, 'Fit the page');
  const pages = page.getByRole('region', { name: 'Pages', exact: true });
  await finding(page, 'Cap on Liability').click();
  await pageDrawn(page, 6);
  await choose(page, 'Fit the width');
  await page.keyboard.press('Control+2');
  await expect(page.getByTestId('page-6')).toBeInViewport({ ratio: 1 });
  await choose(page, 'Actual size');
  await expect(page.getByTestId('zoom-level')).toHaveText('100 %');
  await expect.poll(async () => (await page.getByTestId('page-6').boundingBox())?.width).toBe(816);
  await page.getByTestId('zoom-fit').click();
  const sheet = await page.getByTestId('page-6').boundingBox();
  const view = await pages.evaluate((node) => node.clientWidth);
  expect(Math.abs((sheet?.width ?? 0) - (view - 36))).toBeLessThan(2);
});

test('pages stand in the middle though a wider one is among them, without motion as well', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openWindow(page);
  const sheet = await pageDrawn(page, 1);
  const pages = page.getByRole('region', { name: 'Pages', exact: true });
  const offCentre = async () => {
    const [paper, view] = [await sheet.boundingBox(), await pages.boundingBox()];
    if (!paper || !view) throw new Error('The page is not shown.');
    const bar = await pages.evaluate((node) => node.clientWidth);
    return Math.abs(paper.x + paper.width / 2 - (view.x + bar / 2));
  };
  expect(await offCentre()).toBeLessThan(2);
  await page.getByTestId('drawer-toggle').click();
  await expect(page.getByTestId('thumbnail').first().locator('canvas')).toHaveCount(1);
  expect(await offCentre()).toBeLessThan(2);
});

test('the choices of the zoom are gone through by keys', async ({ page }) => {
  await openWindow(page);
  await page.getByTestId('zoom-level').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'Fit the width' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('zoom-level')).toHaveText('100 %');
  await expect(page.getByTestId('zoom-level')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('zoom-choices')).toHaveCount(0);
});

test('zooming with the wheel keeps the word under the pointer', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Cap on Liability').click();
  await settled(await pageDrawn(page, 6));
  await choose(page, '150 %');
  const id = await finding(page, 'Cap on Liability').getAttribute('data-finding-id');
  const mark = page.locator(`[data-testid="highlight"][data-finding-id="${id}"]`).first();
  await settled(mark);
  const before = await mark.boundingBox();
  if (!before) throw new Error('The mark is not shown.');
  await page.mouse.move(before.x + 200, before.y + 4);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -180);
  await page.keyboard.up('Control');
  await expect(page.getByTestId('zoom-level')).not.toHaveText('150 %');
  await settled(mark);
  const after = await mark.boundingBox();
  const factor = (after?.width ?? 0) / before.width;
  expect(factor).toBeGreaterThan(1.3);
  expect(Math.abs((after?.x ?? 0) + 200 * factor - (before.x + 200))).toBeLessThan(3);
  expect(Math.abs((after?.y ?? 0) + 4 * factor - (before.y + 4))).toBeLessThan(3);
});

test('pages are turned about what is in view, for this contract alone', async ({ page }) => {
  await openWindow(page, '?open=agreement,nda');
  await finding(page, 'Cap on Liability').click();
  const sheet = await pageDrawn(page, 6);
  await page.keyboard.press('Control+Shift+R');
  await expect(sheet).toHaveAttribute('data-turn', '90');
  await pageDrawn(page, 6);
  await expect(page.getByTestId('page-number')).toHaveValue('6');
  const box = await sheet.boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(792 / 612, 1);
  await page.getByTestId('contract').nth(1).getByRole('button').first().click();
  await expect(await pageDrawn(page, 1)).toHaveAttribute('data-turn', '0');
  await page.getByTestId('contract').first().getByRole('button').first().click();
  await expect(await pageDrawn(page, 6)).toHaveAttribute('data-turn', '90');
  for (const turn of ['180', '270', '0']) {
    await page.getByTestId('rotate').click();
    await expect(sheet).toHaveAttribute('data-turn', turn);
  }
});
