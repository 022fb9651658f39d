// The dial for what may be missed lists more at once, is kept, and gives way to thresholds set by hand.
import { calls, expect, finding, openWindow, test } from './window';

test('missing less lists more at once, and is kept', async ({ page }) => {
  await openWindow(page);
  const listed = page.getByTestId('threshold-found');
  await page.keyboard.press(',');
  await expect(page.getByTestId('dial-0')).toBeChecked();
  const before = parseInt(await listed.innerText(), 10);
  await page.getByTestId('dial-10').check();
  await expect.poll(async () => parseInt(await listed.innerText(), 10)).toBeGreaterThan(before);
  await expect(page.getByTestId('dial-20')).toBeEnabled();
  await expect(page.getByTestId('dial-50')).toBeDisabled();
  await expect(page.getByTestId('dial-50-refusal')).toContainText('Cannot be promised');
  await expect
    .poll(async () => (await calls(page, 'save_preferences')).at(-1))
    .toMatchObject({ preferences: { thresholds: { Parties: 0.08 } } });
  await page.reload();
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('dial-10')).toBeChecked();
  await page.getByTestId('dial-0').check();
  await expect.poll(async () => parseInt(await listed.innerText(), 10)).toBe(before);
});

test('thresholds set by hand are said to be, and a choice replaces them', async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press(',');
  await page.getByLabel('Threshold of Parties', { exact: true }).fill('0.95');
  await expect(page.getByTestId('dial-by-hand')).toBeVisible();
  await expect(finding(page, 'Parties')).toHaveCount(1);
  await page.getByTestId('dial-5').check();
  await expect(page.getByTestId('dial-by-hand')).toHaveCount(0);
  await expect(page.getByTestId('dial-5')).toBeChecked();
});
