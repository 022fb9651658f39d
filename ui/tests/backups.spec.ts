// Backups in the preferences: listed, made, restored after a question, and refused with a reason.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { calls, expect, openWindow, test } from './window';

async function openBackups(page: Page, query = '') {
  await openWindow(page, query);
  await page.getByTestId('open-preferences').click();
  const section = page.getByTestId('backups');
  await section.scrollIntoViewIfNeeded();
  return section;
}

test('a backup is restored after a question, and what there was is in the list', async ({ page }) => {
  const section = await openBackups(page);
  await expect(section.getByTestId('backup')).toHaveCount(4);
  await expect(section.getByTestId('backup').first()).toContainText('November 27, 2026');
  await expect(section.getByTestId('backup').first()).toContainText('12 contracts, 214 decisions and notes');

  await section.getByTestId('restore').nth(1).click();
  const dialog = page.getByTestId('restore-backup');
  await expect(dialog).toContainText('November 26, 2026');
  await expect(page.getByTestId('keep-present')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(await calls(page, 'restore_backup')).toEqual([]);

  await section.getByTestId('restore').nth(1).click();
  const anew = page.waitForEvent('load');
  await page.getByTestId('confirm-restore').click();
  await anew;
  await expect(page.locator('body')).toHaveAttribute('data-state', 'done');
  await page.getByTestId('open-preferences').click();
  const listed = page.getByTestId('backup');
  await expect(listed).toHaveCount(5);
  await expect(listed.first()).toContainText('what there was before another backup was restored');
});

test('a backup is made now', async ({ page }) => {
  const section = await openBackups(page, '?backups=none');
  await expect(section.getByTestId('no-backups')).toBeVisible();
  await section.getByTestId('back-up').click();
  await expect(section.getByTestId('backup')).toHaveCount(1);
  await expect(section.getByTestId('no-backups')).toHaveCount(0);
});

test('what is not possible is said with its reason', async ({ page }) => {
  const section = await openBackups(page, '?backups=fails');
  await section.getByTestId('back-up').click();
  await expect(section.getByTestId('backup-fault')).toContainText('is full; make room');
  await section.getByTestId('restore').first().click();
  await page.getByTestId('confirm-restore').click();
  await expect(section.getByTestId('backup-fault')).toContainText('another Proviso is using');
  await expect(section.getByTestId('backup')).toHaveCount(4);
});

test('the backups are accessible', async ({ page }) => {
  await openBackups(page);
  const results = await new AxeBuilder({ page }).include('[data-testid="backups"]').analyze();
  expect(results.violations).toEqual([]);
});
