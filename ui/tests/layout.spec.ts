// The window on a small screen, at a large scaling, and without a flash of white.
import { expect, finding, openWindow, pageDrawn, test } from './window';

for (const [width, height] of [
  [1280, 720],
  [640, 360],
] as const) {
  test(`everything is within reach at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openWindow(page, '?open=agreement,nda');
    await pageDrawn(page, 1);
    for (const id of ['open', 'export-findings', 'export-more', 'open-preferences', 'zoom-fit']) {
      await page.getByTestId(id).click({ trial: true });
    }
    await expect(page.getByTestId('reading-status')).toBeInViewport({ ratio: 1 });
    await finding(page, 'Insurance').click();
    await pageDrawn(page, 6);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('the theme stands before anything is painted', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  // Without its program the page shows what it is before the interface runs.
  await page.route('**/assets/index-*.js', (route) =>
    route.fulfill({ body: '', contentType: 'text/javascript' }),
  );
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const background = await page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor);
  expect(background).toBe('rgb(25, 29, 37)');
});

test('canvases are as fine as the screen', async ({ browser }) => {
  const context = await browser.newContext({ deviceScaleFactor: 2, baseURL: 'http://localhost:4180' });
  const page = await context.newPage();
  await openWindow(page);
  const sheet = await pageDrawn(page, 1);
  const ratio = await sheet.evaluate(
    (element) => (element.querySelector('canvas')?.width ?? 0) / element.getBoundingClientRect().width,
  );
  expect(ratio).toBeGreaterThan(1.9);
  await context.close();
});
