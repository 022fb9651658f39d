// What the preferences say of this computer: what each choice costs here, what is refused, and measuring it.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { calls, expect, openWindow, test } from './window';

async function openSheet(page: Page, query = ''): Promise<void> {
  await openWindow(page, query, query.includes('open=none') ? 'empty' : 'done');
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('plan-time').or(page.getByTestId('plan-refused'))).toBeVisible();
}

async function openAdvanced(page: Page): Promise<void> {
  await page.getByTestId('advanced').locator('summary').click();
  await expect(page.getByTestId('device-auto')).toBeVisible();
}

const entry = (page: Page, id: string) => page.locator('.choice', { has: page.getByTestId(id) });

test('each choice says what it costs here', async ({ page }) => {
  await openSheet(page);
  await expect(entry(page, 'speed-fast')).toContainText('7 pages: about 0.2 s');
  await expect(entry(page, 'speed-accurate')).toContainText('quality 0.646 (AUPR)');
  await openAdvanced(page);
  await expect(entry(page, 'precision-f32')).toContainText('about 160 MB of memory');
  await expect(page.getByTestId('precision-f32')).toHaveAccessibleName('32-bit floating point');
  await expect(page.getByTestId('precision-f32')).toHaveAccessibleDescription(/7 pages: about 0.9 s/);
});

test('what cannot be chosen says why', async ({ page }) => {
  await openSheet(page);
  await openAdvanced(page);
  await expect(page.getByTestId('device-cuda')).toBeDisabled();
  await expect(page.getByTestId('device-cuda-refusal')).toHaveText(
    'This computer has no NVIDIA graphics card.',
  );
  await expect(page.getByTestId('precision-int8-static')).toBeDisabled();
  await expect(page.getByTestId('batch')).toBeDisabled();
  await expect(page.getByTestId('batch-hint')).toContainText('the processor reads');
});

test('other numbers are saved, planned for, and offer to read again', async ({ page }) => {
  await openSheet(page);
  await openAdvanced(page);
  await page.getByTestId('precision-f32').check();
  await expect(page.getByTestId('plan')).toContainText('32-bit floating point, as you chose.');
  await expect(page.getByTestId('plan-time')).toContainText('takes about 0.9 s');
  expect((await calls(page, 'save_preferences')).at(-1)).toMatchObject({ preferences: { precision: 'f32' } });
  await page.keyboard.press('Escape');
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('precision-f32')).toBeVisible();
  await page.getByTestId('read-all-again').click();
  await expect.poll(async () => (await calls(page, 'queue_reads')).length).toBe(2);
  await expect(page.getByTestId('reading-status')).toHaveAttribute('data-status', 'done');
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('plan-time')).toBeVisible();
  await expect(page.getByTestId('read-all-again')).toHaveCount(0);
});

test('a graphics card can be chosen, with the windows in a batch', async ({ page }) => {
  await openSheet(page, '?open=none&machine=gpu');
  await expect(page.getByTestId('plan')).toContainText('NVIDIA GeForce RTX 4070');
  await expect(page.getByTestId('plan-time')).toContainText('A contract of usual length (50 pages)');
  await openAdvanced(page);
  await page.getByTestId('device-cuda').check();
  await page.getByTestId('batch').selectOption('set');
  await page.getByTestId('batch-number').fill('8');
  await expect(page.getByTestId('plan')).toContainText('8 windows go through the graphics card together');
  await page.getByTestId('batch-number').fill('5000');
  await expect(page.getByTestId('batch-hint')).toHaveText('A whole number from 1 to 1,024.');
  await page.getByTestId('precision-f32').focus();
  await expect(page.getByTestId('batch-number')).toHaveValue('8');
  expect((await calls(page, 'save_preferences')).at(-1)).toMatchObject({
    preferences: { device: 'cuda', batch: 8 },
  });
});

test('what cannot run is told beside the setting that mends it', async ({ page }) => {
  await openSheet(page);
  await openAdvanced(page);
  await page.getByTestId('memory').selectOption('set');
  await page.getByTestId('memory-number').fill('64');
  const memory = page.locator('[data-preference="memoryBudgetMb"]');
  await expect(memory.getByRole('alert')).toContainText('120 MB are needed, and 64 MB are allowed');
  await expect(page.getByTestId('speed-fast')).toBeEnabled();
  await page.keyboard.press('Escape');
  await page.getByTestId('open-preferences').click();
  await page.getByRole('button', { name: 'Show what can be changed' }).click();
  await expect(page.getByTestId('memory')).toBeFocused();
  await page.getByTestId('memory').selectOption('auto');
  await expect(page.getByTestId('refusal')).toHaveCount(0);
  await expect(page.getByTestId('plan-time')).toBeVisible();
});

test('a computer that was never measured is measured, and both charts are drawn', async ({ page }) => {
  await openSheet(page, '?machine=new');
  await expect(page.getByTestId('measured-at')).toHaveText('Not measured so far.');
  await expect(page.getByTestId('plan-time')).toContainText('Not known yet');
  await expect(entry(page, 'speed-fast')).not.toContainText('7 pages');
  await expect(page.getByTestId('levels')).toHaveCount(0);
  await page.getByTestId('measure').click();
  await expect(page.getByTestId('measuring-progress')).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Share of the measuring that is done' })).toBeVisible();
  await expect(page.getByTestId('measuring')).toHaveAttribute('data-stage', 'done');
  await expect(page.getByTestId('measured-at')).toContainText('Last measured on');

  const int8 = page.locator('[data-testid="level"][data-precision="int8"]');
  await expect(int8).toContainText('In use');
  await expect(int8).toContainText('2.6 s');
  await expect(int8).toContainText('0.638');
  await expect(page.getByTestId('level')).toHaveCount(4);
  const widths = await page
    .locator('.levels-track i')
    .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  expect(widths[0]).toBeGreaterThan(2 * (widths[2] ?? Infinity));

  await expect(page.getByTestId('curve')).toHaveCount(4);
  await expect(page.getByTestId('point-in-use')).toHaveText('in use: 106');
  await expect(page.getByRole('img', { name: /8-bit integers at most 106/ })).toBeVisible();
  await page.getByText('The same as a table').click();
  await expect(page.getByRole('table', { name: /^Processor: windows finished/ })).toContainText(
    '106 (in use)',
  );
  await expect(entry(page, 'speed-fast')).toContainText('7 pages');
  await expect(page.getByTestId('disk')).toContainText('The disk is read with 1,840 MB a second');
  await page.getByText('More figures').click();
  await expect(page.getByRole('table', { name: /^Model/ })).toContainText('avx512-vnni');
});

test('a measuring goes on when the sheet is closed, and is cancelled', async ({ page }) => {
  await openSheet(page, '?measuring=stands');
  await page.getByTestId('measure').click();
  await expect(page.getByText('5 of 13 steps done')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByTestId('open-preferences').click();
  await expect(page.getByText('5 of 13 steps done')).toBeVisible();
  await expect(page.getByTestId('measuring-doing')).toContainText('Processor, 16-bit floating point');
  await page.getByTestId('cancel-measuring').click();
  await expect(page.getByTestId('measuring-cancelled')).toContainText('The earlier figures are kept.');
  await expect(page.getByTestId('levels')).toBeVisible();
});

test('a measuring is begun and cancelled by keys, and the focus stays with it', async ({ page }) => {
  await openSheet(page, '?measuring=stands');
  await page.getByTestId('measure').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('cancel-measuring')).toBeFocused();
  await expect(page.getByText('5 of 13 steps done')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('measuring-cancelled')).toBeVisible();
  await expect(page.getByTestId('measure')).toBeFocused();
});

test('a measuring that fails says why', async ({ page }) => {
  await openSheet(page, '?machine=new&measuring=fails');
  await page.getByTestId('measure').click();
  await expect(page.getByTestId('measuring-failed')).toContainText('files have changed on the disk');
  await expect(page.getByTestId('measure')).toBeEnabled();
});

test('a measuring that ends behind the closed sheet says so', async ({ page }) => {
  await openSheet(page);
  await page.getByTestId('measure').click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('toast')).toContainText('This computer was measured');
});

test('figures that do not count any more say why', async ({ page }) => {
  await openSheet(page, '?machine=stale');
  await expect(page.getByTestId('stale')).toContainText('another processor (Intel Core i5-8250U)');
  await expect(page.getByTestId('point-in-use')).toHaveCount(0);
  await page.getByTestId('measure').click();
  await expect(page.getByTestId('point-in-use')).toHaveCount(1);
  await expect(page.getByTestId('stale')).toHaveCount(0);
});

test('nothing is measured while a contract is being read', async ({ page }) => {
  await openWindow(page, '?open=slow', 'reading');
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('measure')).toBeDisabled();
  await expect(page.getByTestId('measured-at')).toContainText('A contract is being read now');
});

test('a chart for each device, and nothing wider than the sheet when all is large', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 360 });
  await openSheet(page, '?machine=gpu');
  await openAdvanced(page);
  await expect(page.getByTestId('throughput')).toHaveCount(2);
  await expect(page.getByTestId('curve')).toHaveCount(5);
  for (const id of ['advanced', 'plan', 'measuring']) {
    const spare = await page.getByTestId(id).evaluate((section) => section.clientWidth - section.scrollWidth);
    expect(spare).toBeGreaterThanOrEqual(0);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const query of ['?machine=gpu', '?machine=stale', '?measuring=stands']) {
    test(`the open sheet keeps nobody out: ${query}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openSheet(page, query);
      await openAdvanced(page);
      await page.getByTestId('precision-f32').check();
      await expect(page.getByTestId('read-all-again')).toBeVisible();
      await expect(page.getByTestId('levels')).toBeVisible();
      for (const table of await page.locator('.figures summary').all()) await table.click();
      if (query.includes('stands')) {
        await page.getByTestId('measure').click();
        await expect(page.getByText('5 of 13 steps done')).toBeVisible();
      }
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      expect(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
        ),
      ).toEqual([]);
    });
  }
}
