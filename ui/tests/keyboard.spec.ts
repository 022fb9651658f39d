// The window without a mouse, and for a screen reader.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { calls, expect, finding, openWindow, pageDrawn, test } from './window';

test('clauses are gone through, shown and exported by keys', async ({ page }) => {
  await openWindow(page);
  const selected = page.locator('[data-testid="finding"][aria-selected="true"]');
  await page.keyboard.press('j');
  await expect(selected).toHaveAttribute('data-category', 'Document Name');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(selected).toContainText('Northwind Instruments, Inc.');
  await page.keyboard.press('s');
  expect(await calls(page, 'export_contract')).toHaveLength(1);
  await page.keyboard.press('?');
  await expect(page.getByTestId('shortcuts')).toContainText('Next clause');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('shortcuts')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(selected).toHaveCount(0);
});

test('the arrow keys move the focus through the list', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Document Name').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-testid="finding"]:focus')).toHaveAttribute(
    'data-category',
    'Document Name',
  );
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-testid="finding"]:focus')).toHaveAttribute('data-category', 'Parties');
  await page.keyboard.press('Enter');
  await pageDrawn(page, 1);
});

test('the filter narrows the list, and keys typed into it are words', async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press('/');
  await page.keyboard.type('insurance');
  await expect(page.getByTestId('finding')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByTestId('found-only').check();
  await expect(page.getByTestId('absent')).toHaveCount(0);
});

test('zoom keys and wheel change the zoom and fit it again', async ({ page }) => {
  await openWindow(page);
  await pageDrawn(page, 1);
  const level = page.getByTestId('zoom-level');
  const fitted = await level.innerText();
  await page.keyboard.press('Control+=');
  await expect(level).not.toHaveText(fitted);
  await page.keyboard.press('Control+0');
  await expect(level).toHaveText(fitted);
  await page.getByTestId('page-1').hover();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 200);
  await page.keyboard.up('Control');
  await expect(level).not.toHaveText(fitted);
});

test('the list of clauses is made wider by the arrow keys, and stays so', async ({ page }) => {
  await openWindow(page);
  const bar = page.getByRole('separator', { name: 'Width of the list of clauses' });
  await bar.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(bar).toHaveAttribute('aria-valuenow', '454');
  await page.reload();
  await expect(bar).toHaveAttribute('aria-valuenow', '454');
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('.textLayer').analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
  expect(grave).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing keeps a screen reader out, in the ${colorScheme} theme`, async ({ page }) => {
    // Two full analyses of a full window.
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openWindow(page, '?open=agreement,broken,slow', 'done');
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await pageDrawn(page, 1);
    await finding(page, 'Parties').first().click();
    await page.getByTestId('absent-toggle').first().click();
    await expectAccessible(page);
    await page.getByTestId('export-findings').click();
    await expect(page.getByTestId('toast')).toBeVisible();
    await page.getByTestId('open-preferences').click();
    await expectAccessible(page);
  });
}

test('the empty window and the password dialog are accessible', async ({ page }) => {
  await openWindow(page, '?open=none', 'empty');
  await expectAccessible(page);
  await openWindow(page, '?open=locked', 'locked');
  await expectAccessible(page);
});
