// The queue of contracts: paused, put into another order, tried again, with the keyboard alone, and with very many contracts.
import { calls, expect, openWindow, test } from './window';
import type { Page } from '@playwright/test';

const names = (page: Page) => page.getByTestId('contract').locator('.rail-file').allTextContents();
const row = (page: Page, name: string) => page.getByTestId('contract').filter({ hasText: name });

test('the queue is paused and goes on where it was', async ({ page }) => {
  await openWindow(page, '?open=slow,nda', 'reading');
  await expect(page.getByTestId('reading-status')).toContainText('Reading passage 17 of 96');
  await expect(page.getByTestId('queue-count')).toHaveText('0 of 2 contracts read');
  await expect(page.getByTestId('queue-left')).toHaveText('2 to read, about a minute left');
  await page.getByTestId('pause-queue').click();
  await expect(page.getByTestId('queue-left')).toHaveText('Paused, 2 to read');
  await expect(page.locator('body')).toHaveAttribute('data-state', 'waiting');
  await expect(page.getByText('The queue is paused; this contract is read when it goes on')).toBeVisible();
  await page.getByTestId('resume-panel').click();
  await expect(page.getByTestId('reading-status')).toContainText('Reading passage 17 of 96');
  await page.getByTestId('cancel-reading').click();
  await expect(row(page, 'Arden')).toHaveAttribute('data-status', 'done');
  await expect(page.getByTestId('queue-count')).toHaveText('2 contracts, 1 read');
});

test('contracts are put into another order with the keyboard alone', async ({ page }) => {
  await openWindow(page, '?open=none&queue=4&paused', 'waiting');
  const first = row(page, 'Contract 0001').getByRole('button').first();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'Contract 0003').getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Alt+Home');
  await expect.poll(() => names(page)).toEqual([3, 1, 2, 4].map((n) => `Contract 000${n}.pdf`));
  await expect(row(page, 'Contract 0003').getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => names(page)).toEqual([1, 3, 2, 4].map((n) => `Contract 000${n}.pdf`));
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('End');
  await expect(row(page, 'Contract 0004').getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Delete');
  await expect.poll(() => names(page)).toEqual([3, 1, 2].map((n) => `Contract 000${n}.pdf`));
  await expect(row(page, 'Contract 0002').getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('contract-name')).toHaveText('Contract 0002.pdf');
  // From the contract the Tab key goes on to what can be done with it.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Read next: Contract 0002.pdf' })).toBeFocused();
});

test('the mouse moves, cancels and tries again', async ({ page }) => {
  await openWindow(page, '?open=none&queue=3&paused', 'waiting');
  await row(page, 'Contract 0003').hover();
  await page.getByRole('button', { name: 'Read earlier: Contract 0003.pdf' }).click();
  await expect.poll(() => names(page)).toEqual([1, 3, 2].map((n) => `Contract 000${n}.pdf`));
  await row(page, 'Contract 0002').hover();
  await page.getByRole('button', { name: 'Cancel the reading of Contract 0002.pdf' }).click();
  await expect(row(page, 'Contract 0002')).toHaveAttribute('data-status', 'cancelled');
  await page.getByTestId('pause-queue').click();
  await expect(page.getByTestId('queue-count')).toHaveText('3 contracts, 2 read');
  await page.getByRole('button', { name: 'Try Contract 0002.pdf again' }).click();
  await expect(page.getByTestId('queue-count')).toHaveText('3 contracts, 3 read');
});

test('failures are listed at the end and tried again together', async ({ page }) => {
  await openWindow(page, '?open=broken,unreadable,nda', 'failed');
  await expect(page.getByTestId('queue-count')).toHaveText('3 contracts, 1 read');
  await expect(page.getByTestId('failures')).toHaveText('2 contracts could not be read');
  await expect
    .poll(() => names(page))
    .toEqual(['Arden Mutual NDA.pdf', 'Side letter.pdf', 'Lease of 1998.pdf']);
  await page.getByTestId('retry-failed').click();
  const tried = async () =>
    (await calls(page, 'change_queue')).map((args) => (args as { action: { kind: string } }).action.kind);
  await expect.poll(tried).toContain('retryFailed');
  await expect(page.getByTestId('failures')).toHaveText('2 contracts could not be read');
});

test('a folder is chosen and read', async ({ page }) => {
  await openWindow(page, '?open=none', 'empty');
  await page.getByTestId('folder-empty').click();
  await expect(page.getByTestId('queue-count')).toHaveText('5 contracts, 5 read');
  await expect(page.locator('body')).toHaveAttribute('data-state', 'done');
});

test('two thousand contracts are listed, of which those in view stand in the page', async ({ page }) => {
  await openWindow(page, '?open=none&queue=2000&paused', 'waiting');
  await expect(page.getByTestId('queue-left')).toHaveText('Paused, 2,000 to read');
  expect(await page.getByTestId('contract').count()).toBeLessThan(60);
  await row(page, 'Contract 0001').getByRole('button').first().focus();
  await page.keyboard.press('End');
  const last = row(page, 'Contract 2000');
  await expect(last.getByRole('button').first()).toBeFocused();
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute('aria-posinset', '2000');
  await expect(last).toHaveAttribute('aria-setsize', '2000');
  expect(await page.getByTestId('contract').count()).toBeLessThan(60);
  await page.keyboard.press('Alt+Home');
  await expect(last).toHaveAttribute('aria-posinset', '1');
  await page.getByTestId('pause-queue').click();
  await expect(last).toHaveAttribute('data-status', 'done');
});
