// A contract of several hundred pages: only what is in view exists.
import { expect, finding, openWindow, pageDrawn, test } from './window';

test('scrolling through hundreds of pages keeps the number of canvases small', async ({ page }) => {
  await openWindow(page, '?open=long');
  await pageDrawn(page, 1);
  const pages = page.getByRole('region', { name: 'Pages', exact: true });
  const number = page.getByTestId('page-number');
  let most = 0;
  for (let target = 16; target <= 320; target += 16) {
    await pages.evaluate((node, part) => {
      node.scrollTop = (node.scrollHeight - node.clientHeight) * part;
    }, target / 320);
    await expect.poll(async () => Math.abs(Number(await number.inputValue()) - target)).toBeLessThan(4);
    most = Math.max(most, await page.locator('canvas').count());
  }
  await pageDrawn(page, 320);
  most = Math.max(most, await page.locator('canvas').count());
  expect(most).toBeLessThanOrEqual(6);
  expect(await page.locator('[data-page-number]').count()).toBeLessThanOrEqual(6);
});

test('a finding hundreds of pages away is gone to', async ({ page }) => {
  await openWindow(page, '?open=long');
  const last = page.locator('[data-testid="finding"]').filter({ hasText: '315.7' });
  await last.click();
  await pageDrawn(page, 315);
  const id = await last.getAttribute('data-finding-id');
  await expect(page.locator(`[data-testid="highlight"][data-finding-id="${id}"]`).first()).toBeInViewport();
  await finding(page, 'Audit Rights').first().click();
  await pageDrawn(page, 5);
});
