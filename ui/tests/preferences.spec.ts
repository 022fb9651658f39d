// Preferences are in force at once and still there at the next start.
import { calls, expect, finding, openWindow, test } from './window';

test('speed, cores and theme are kept', async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press(',');
  await page.getByTestId('speed-accurate').check();
  await page.getByTestId('advanced').locator('summary').click();
  await page.getByTestId('threads').selectOption('2');
  await page.getByTestId('theme-dark').check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect
    .poll(async () => (await calls(page, 'save_preferences')).at(-1))
    .toMatchObject({
      preferences: { speed: 'accurate', threads: 2, theme: 'dark' },
    });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('speed-accurate')).toBeChecked();
  await expect(page.getByTestId('threads')).toHaveValue('2');
  await expect(page.getByTestId('plan')).toContainText('How contracts are read on this computer');
});

test('another speed offers to read again', async ({ page }) => {
  await openWindow(page);
  await page.getByTestId('open-preferences').click();
  await page.getByTestId('speed-fast').check();
  await page.getByTestId('read-all-again').click();
  await expect.poll(async () => (await calls(page, 'queue_reads')).length).toBe(2);
  await expect(page.getByTestId('reading-status')).toHaveAttribute('data-status', 'done');
});

test('a threshold changes the list at once, and is reset', async ({ page }) => {
  await openWindow(page);
  await expect(finding(page, 'Price Restrictions')).toHaveCount(0);
  const before = await page.getByTestId('found-count').innerText();
  await page.keyboard.press(',');
  await page.getByLabel('Threshold of Price Restrictions as a number').fill('0.1');
  await expect(page.getByTestId('threshold-found')).toHaveText('28 clauses listed in this contract');
  await expect(finding(page, 'Price Restrictions')).toHaveCount(1);
  await page.getByLabel('Threshold of Parties', { exact: true }).fill('0.95');
  await expect(finding(page, 'Parties')).toHaveCount(1);
  await page.getByTestId('reset-thresholds').click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('preferences')).toHaveCount(0);
  await expect(page.getByTestId('found-count')).toHaveText(before);
});
