// Models in the preferences: importing, choosing, verifying and removing them.
import type { Page } from '@playwright/test';
import { calls, expect, openWindow, test } from './window';

async function openSheet(page: Page, query = '?open=none'): Promise<void> {
  await openWindow(page, query, query.includes('open=none') ? 'empty' : 'done');
  await page.getByTestId('open-preferences').click();
  await expect(card(page, 'Proviso CUAD Base')).toBeVisible();
}

const card = (page: Page, name: string) => page.locator(`[data-testid="model"][data-model="${name}"]`);

async function beginImport(page: Page, name = ''): Promise<void> {
  await page.getByTestId('import-model').click();
  await expect(page.getByTestId('import-name')).toBeFocused();
  if (name !== '') await page.getByTestId('import-name').fill(name);
  await page.getByTestId('start-import').click();
}

test('each model says what it is, what it costs and how it runs here', async ({ page }) => {
  await openSheet(page);
  const bundled = card(page, 'Proviso CUAD Base');
  await expect(bundled).toContainText('Reads everything in one pass');
  await expect(bundled).toContainText('82 million');
  await expect(bundled).toContainText('66 MB');
  await expect(bundled).toContainText('Reads contracts');
  await expect(bundled.getByTestId('remove')).toHaveCount(0);
  const roberta = card(page, 'roberta-base-cuad');
  await expect(roberta).toContainText('Answers each question separately');
  await expect(roberta).toContainText('8-bit integers');
  await expect(roberta).toContainText('50 pagesabout 4 min');
  await expect(roberta).toContainText('0.427 AUPR');
  await expect(card(page, 'deberta-v2-xlarge-cuad')).toContainText('30 are read from the disk each time');
  const damaged = card(page, 'house-style-2023');
  await expect(damaged.getByTestId('model-fault')).toContainText('Remove the model and import it again');
  await expect(damaged.getByTestId('read-with')).toHaveCount(0);
});

test('another model is chosen, reads, and what it asks about is chosen too', async ({ page }) => {
  await openSheet(page, '');
  await expect(page.getByTestId('screening')).toHaveCount(0);
  await card(page, 'roberta-base-cuad').getByTestId('read-with').click();
  await expect(card(page, 'roberta-base-cuad')).toHaveAttribute('data-reads', 'true');
  await expect(card(page, 'Proviso CUAD Base')).toHaveAttribute('data-reads', 'false');
  await expect(card(page, 'roberta-base-cuad').getByTestId('verify')).toBeFocused();
  await page.getByTestId('screening-exhaustive').check();
  await expect
    .poll(async () => (await calls(page, 'save_preferences')).at(-1))
    .toMatchObject({ preferences: { model: 'roberta-base-cuad', screening: false } });
  await page.getByTestId('read-all-again').click();
  await expect(page.locator('.status-model')).toHaveText('roberta-base-cuad');
  await page.reload();
  await expect(page.locator('.status-model')).toHaveText('roberta-base-cuad');
});

test('a model is imported with progress, and stands in the list', async ({ page }) => {
  await openSheet(page);
  await page.getByTestId('import-model').click();
  await expect(page.getByTestId('import-dialog')).toContainText('/home/lawyer/Models/roberta-large-cuad');
  await page.getByTestId('import-name').fill('roberta-base-cuad');
  await expect(page.getByTestId('import-name-hint')).toContainText('There is a model');
  await expect(page.getByTestId('start-import')).toBeDisabled();
  await page.getByTestId('import-name').fill('large');
  await page.getByTestId('import-precision-f16').check();
  await page.getByTestId('start-import').click();
  await expect(page.getByTestId('import-dialog')).toHaveCount(0);
  await expect(page.getByTestId('import-doing')).toContainText('of 24 is packed');
  await expect(page.getByTestId('import-bytes')).toContainText(/of 1\.4 GB, about \d+ (second|minute)/);
  await expect(page.getByRole('progressbar', { name: /imported/ })).toBeVisible();
  await expect(page.getByTestId('import-done')).toContainText('large was imported');
  await expect(card(page, 'large')).toContainText('16-bit floating point');
  await expect(card(page, 'large')).toContainText('not known yet');
  expect(await calls(page, 'import_model')).toEqual([
    { request: { folder: '/home/lawyer/Models/roberta-large-cuad', name: 'large', precision: 'f16' } },
  ]);
});

test('an import goes on when the sheet is closed, is cancelled by keys and continued', async ({ page }) => {
  await openSheet(page, '?open=none&importing=stands');
  await beginImport(page);
  await expect(page.getByTestId('import-doing')).toContainText('Layer 9 of 24');
  await page.keyboard.press('Escape');
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('import-bytes')).toContainText('533 MB of 1.4 GB');
  await page.getByTestId('cancel-import').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('import-cancelled')).toContainText('was cancelled');
  await expect(page.getByTestId('import-model')).toBeFocused();
  await expect(page.getByTestId('unfinished')).toContainText('roberta-large-cuad');
  await page.getByTestId('continue-import').click();
  await expect(page.getByTestId('import-name')).toHaveValue('roberta-large-cuad');
  await expect(page.getByTestId('import-name')).not.toBeEditable();
});

test('an import that fails says why, and is tried again with what was typed', async ({ page }) => {
  await openSheet(page, '?open=none&importing=fails');
  await beginImport(page, 'large');
  await expect(page.getByTestId('import-failed')).toContainText('large could not be imported.');
  await expect(page.getByTestId('import-failed')).toContainText('model-00002-of-00003.safetensors');
  await page.getByTestId('import-again').click();
  await expect(page.getByTestId('import-name')).toHaveValue('large');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('import-dialog')).toHaveCount(0);
  await expect(page.getByTestId('preferences')).toBeVisible();
});

test('an import that ends behind the closed sheet says so', async ({ page }) => {
  await openSheet(page);
  await beginImport(page);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('toast')).toContainText('The model was imported');
});

test('files are verified, and what is wrong with them is said', async ({ page }) => {
  await openSheet(page);
  await card(page, 'roberta-base-cuad').getByTestId('verify').click();
  await expect(card(page, 'roberta-base-cuad').getByTestId('verified')).toHaveAttribute(
    'data-stage',
    'sound',
  );
  await card(page, 'house-style-2023').getByTestId('verify').click();
  await expect(card(page, 'house-style-2023').getByRole('alert')).toContainText('layer-07.bin');
});

test('a model is removed only after that was confirmed, and another one reads then', async ({ page }) => {
  await openSheet(page);
  const roberta = card(page, 'roberta-base-cuad');
  await roberta.getByTestId('read-with').click();
  await roberta.getByTestId('remove').click();
  const dialog = page.getByTestId('remove-model');
  await expect(dialog).toContainText('roberta-base-cuad goes from this computer, which frees 168 MB');
  await expect(dialog).toContainText('Contracts are then read by Proviso CUAD Base.');
  await expect(page.getByTestId('keep-model')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(await calls(page, 'remove_model')).toEqual([]);
  await expect(roberta.getByTestId('remove')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByTestId('confirm-remove').click();
  await expect(roberta).toHaveCount(0);
  await expect(card(page, 'Proviso CUAD Base')).toHaveAttribute('data-reads', 'true');
  expect(await calls(page, 'remove_model')).toEqual([{ name: 'roberta-base-cuad' }]);
});
