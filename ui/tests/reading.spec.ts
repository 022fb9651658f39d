// The way of a contract: opened, read, cancelled, protected, broken.
import { calls, expect, finding, openWindow, pageDrawn, test } from './window';

test('opens the first contract, reads it and lists its clauses', async ({ page }) => {
  await openWindow(page);
  await pageDrawn(page, 1);
  await expect(page.getByTestId('reading-status')).toHaveAttribute('data-status', 'done');
  await expect(page.getByTestId('reading-status')).toHaveText('Read in 3.4 seconds');
  await expect(page.getByText('Everything stays on this computer')).toBeVisible();
  await expect(finding(page, 'Parties')).toHaveCount(2);
  await expect(finding(page, 'Governing Law')).toContainText('New York');
  await expect(finding(page, 'Governing Law')).toContainText('Very likely 97 %', { ignoreCase: true });
  await expect(page.getByTestId('warning')).toContainText('Page 7 is a picture without text');
  const marks = await page.evaluate(() => performance.getEntriesByType('mark').map(({ name }) => name));
  expect(marks).toEqual(expect.arrayContaining(['proviso:first-page', 'proviso:last-finding']));
});

test('a finding far away is gone to and its page number shown', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Governing Law').click();
  await pageDrawn(page, 6);
  await expect(page.getByTestId('page-number')).toHaveValue('6');
  await page.getByTestId('page-number').fill('2');
  await page.getByTestId('page-number').press('Enter');
  await pageDrawn(page, 2);
  await expect(page.getByTestId('page-number')).toHaveValue('2');
});

test('categories without a clause say so and offer the nearest passage', async ({ page }) => {
  await openWindow(page);
  const money = page.getByTestId('group').filter({ has: page.getByRole('heading', { name: 'Money' }) });
  await expect(money.getByTestId('absent-toggle')).toContainText('Price Restrictions');
  await money.getByTestId('absent-toggle').click();
  const nearest = money.locator('[data-testid="nearest-passage"][data-category="Price Restrictions"]');
  await expect(nearest).toContainText('Unlikely 12 %', { ignoreCase: true });
  await nearest.click();
  await pageDrawn(page, 2);
  const id = await nearest.getAttribute('data-finding-id');
  await expect(page.locator(`[data-testid="highlight"][data-finding-id="${id}"]`).first()).toBeInViewport();
});

test('a reading shows how far it is, and is cancelled and taken up again', async ({ page }) => {
  await openWindow(page, '?open=slow', 'reading');
  await pageDrawn(page, 1);
  await expect(page.getByTestId('reading-status')).toContainText('Reading passage 17 of 96');
  await expect(page.getByTestId('live')).toContainText('Reading Master Services Agreement.pdf');
  await page.getByTestId('cancel-reading').click();
  await expect(page.getByTestId('reading-status')).toHaveAttribute('data-status', 'cancelled');
  await expect(page.getByTestId('finding')).toHaveCount(0);
  await page.getByTestId('read-again').click();
  await expect(page.getByTestId('reading-status')).toHaveAttribute('data-status', 'reading');
  const actions = await calls(page, 'change_queue');
  expect(actions).toContainEqual({ action: { kind: 'cancel', id: 1 } });
});

test('a protected contract asks for its password until it is right', async ({ page }) => {
  await openWindow(page, '?open=locked', 'locked');
  const field = page.getByTestId('password');
  await expect(field).toBeFocused();
  await field.fill('guess');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('not the right password');
  await page.getByTestId('password').fill('sesame');
  await page.getByTestId('unlock').click();
  await expect(page.locator('body')).toHaveAttribute('data-state', 'done');
  await pageDrawn(page, 1);
});

test('each file that fails has its own message, and the others are read', async ({ page }) => {
  await openWindow(page, '?open=nda,broken,unreadable', 'done');
  await expect(page.getByTestId('error-banner')).toHaveCount(2);
  await expect(page.getByTestId('error-banner').first()).toContainText('Side letter.pdf');
  const rail = page.getByTestId('contract');
  await expect(rail.nth(1)).toHaveAttribute('data-status', 'failed');
  await rail.nth(1).getByRole('button').first().click();
  await expect(page.getByTestId('open-failed')).toContainText('damaged');
  // Of the one in view it is said once, in the place of its pages.
  const other = page.getByTestId('error-banner');
  await expect(other).toContainText('Lease of 1998.pdf');
  await other.getByRole('button', { name: 'Put this message away' }).click();
  await expect(other).toHaveCount(0);
  await rail.nth(2).getByRole('button').first().click();
  await expect(page.getByText('“Lease of 1998.pdf” holds no text that could be read.').first()).toBeVisible();
  await expect(other).toContainText('Side letter.pdf');
});

test('several contracts are switched between, and closed', async ({ page }) => {
  await openWindow(page, '?open=agreement&choose=nda');
  await page.keyboard.press('o');
  await expect(page.getByTestId('contract-name')).toHaveText('Arden Mutual NDA.pdf');
  await expect(finding(page, 'Governing Law')).toContainText('England and Wales');
  await page.getByTestId('contract').first().getByRole('button').first().click();
  await expect(finding(page, 'Governing Law')).toContainText('New York');
  await page.getByRole('button', { name: 'Close Arden Mutual NDA.pdf' }).click();
  await expect(page.getByTestId('rail')).toHaveCount(0);
  await page.getByTestId('close-contract').click();
  await expect(page.getByTestId('empty')).toBeVisible();
});

test('files dropped on the window are opened', async ({ page }) => {
  await openWindow(page, '?open=none', 'empty');
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['%PDF-'], 'Arden Mutual NDA.pdf', { type: 'application/pdf' }));
    return data;
  });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByTestId('drop-overlay')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await expect(page.locator('body')).toHaveAttribute('data-state', 'done');
});

test('the other formats are chosen with the keyboard too', async ({ page }) => {
  await openWindow(page);
  const more = page.getByTestId('export-more');
  await more.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('export-workbook')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('export-annotatedPdf')).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByTestId('export-receipt')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('toast')).toContainText(/Exported \d+ marks.*annotated\.pdf/);
  await expect(more).toBeFocused();
});

test('an export asks for its format and reports the file and its rows', async ({ page }) => {
  await openWindow(page);
  await page.getByTestId('export-findings').click();
  await expect(page.getByTestId('toast')).toContainText(/Exported \d+ rows.*Distribution Agreement\.csv/);
  await page.getByTestId('export-more').click();
  await page.getByTestId('export-cuad').click();
  await expect(page.getByTestId('toast').nth(1)).toContainText('Exported 1 row');
  expect(await calls(page, 'export_contract')).toEqual([
    { id: 1, format: 'findings' },
    { id: 1, format: 'cuad' },
  ]);
});
