// A review from the first clause to the last category: decisions, other words, missed clauses, notes, undo.
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { calls, expect, finding, openWindow, pageDrawn, settled, slowFrames, test } from './window';

const selected = (page: Page): Locator => page.locator('[data-testid="finding"][aria-selected="true"]');
const current = (page: Page): Locator => page.locator('[data-testid="absent-category"][data-current="true"]');
const progress = (page: Page): Locator => page.getByTestId('review-progress');
const toast = (page: Page): Locator => page.getByTestId('toast');

/** Presses a key and waits until the program has kept what it did. */
async function pressAndKeep(page: Page, key: string, said: string | RegExp): Promise<void> {
  await page.keyboard.press(key);
  await expect(toast(page)).toContainText(said);
}

test('a contract is reviewed by the keyboard alone, and the decisions are still there', async ({ page }) => {
  test.slow();
  await openWindow(page);
  await pageDrawn(page, 1);
  await expect(progress(page)).toHaveText('Reviewed 0 of 41 categories');

  await page.keyboard.press('Shift+J');
  await expect(selected(page)).toHaveAttribute('data-category', 'Document Name');
  await expect(selected(page)).toBeFocused();
  await pressAndKeep(page, 'a', 'Document Name: accepted');
  await expect(finding(page, 'Document Name').getByTestId('decision')).toHaveText('Accepted');
  await expect(progress(page)).toHaveText('Reviewed 1 of 41 categories');

  await expect(selected(page)).toContainText('Northwind Instruments');
  await pressAndKeep(page, 'x', 'Parties: rejected');
  // It sinks below the clause that is left, where the person is now.
  await expect(finding(page, 'Parties').nth(1)).toHaveAttribute('data-decision', 'rejected');
  await expect(finding(page, 'Parties').nth(0)).toBeFocused();

  await page.keyboard.press('z');
  await expect(toast(page)).toContainText('Reject Parties');
  await expect(selected(page)).toContainText('Northwind Instruments');
  await expect(selected(page)).toHaveAttribute('data-decision', 'unreviewed');
  await page.keyboard.press('y');
  await expect(page.getByTestId('undo')).toHaveAccessibleName('Undo: Reject Parties (z)');
  await expect(page.locator('[data-decision="rejected"][data-testid="finding"]')).toHaveCount(1);

  // Other words: without its last line.
  await page.keyboard.press('k');
  await expect(selected(page)).toContainText('Halden Medical GmbH');
  await page.keyboard.press('e');
  await expect(page.getByTestId('edit-banner')).toContainText('Select the words of Parties');
  await expect(page.getByTestId('take-edit')).toBeEnabled();
  await page.keyboard.press('a');
  await page.keyboard.press('Shift+ArrowUp');
  await pressAndKeep(page, 'Enter', 'Parties: accepted with the words that you selected');
  await expect(page.getByTestId('edit-banner')).toHaveCount(0);
  await expect(selected(page).getByTestId('decision')).toHaveText('Edited by you');
  await expect(selected(page)).not.toContainText('Hamburg ("Distributor").');
  expect(await calls(page, 'review_document')).toHaveLength(3);

  await page.keyboard.press('n');
  await page.keyboard.type('An address is missing; ask.');
  await pressAndKeep(page, 'Enter', 'note kept');
  await expect(selected(page).getByTestId('note-text')).toContainText('An address is missing; ask.');
  await expect(selected(page)).toBeFocused();

  // A clause that was missed, from the words of another and some more.
  await page.keyboard.press('i');
  await expect(page.getByTestId('edit-banner')).toContainText('the clause that was missed');
  await expect(page.getByTestId('take-edit')).toBeEnabled();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('add-category')).toBeFocused();
  await page.keyboard.type('volume');
  await pressAndKeep(page, 'Enter', 'Volume Restriction: clause added');
  await expect(finding(page, 'Volume Restriction').getByTestId('decision')).toHaveText('Added by you');

  // The rest: clauses are accepted, and missing categories confirmed.
  for (let step = 0; step < 60; step += 1) {
    if ((await progress(page).innerText()) === 'Reviewed 41 of 41 categories') break;
    if (step === 0) await page.keyboard.press('Shift+J');
    await page.keyboard.press((await current(page).count()) > 0 ? 'c' : 'a');
  }
  await expect(progress(page)).toHaveText('Reviewed 41 of 41 categories');
  await expect(page.getByTestId('group-progress').first()).toHaveText('6 of 6 reviewed');
  await page.getByTestId('show-unreviewed').press('Enter');
  await expect(page.getByText('Everything is reviewed.')).toBeVisible();
  const kept = (await calls(page, 'review_document')) as { action: { kind: string } }[];
  expect(kept.filter(({ action }) => action.kind === 'confirmAbsent')).toHaveLength(15);

  await page.reload();
  await expect(progress(page)).toHaveText('Reviewed 41 of 41 categories');
  await expect(page.getByTestId('note-text')).toContainText('An address is missing; ask.');
});

test('a step that cannot be kept is told and changes nothing', async ({ page }) => {
  await openWindow(page, '?reviewing=fails');
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await expect(toast(page)).toHaveAttribute('data-kind', 'bad');
  await expect(toast(page)).toContainText('The clause could not be accepted');
  await expect(toast(page)).toContainText('the disk is full');
  await expect(selected(page)).toHaveAttribute('data-category', 'Document Name');
  await expect(selected(page)).toHaveAttribute('data-decision', 'unreviewed');
  await expect(progress(page)).toHaveText('Reviewed 0 of 41 categories');
  await expect(page.getByTestId('undo')).toBeDisabled();
});

test('with the mouse: decided on the card, undone from the message', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Insurance').hover();
  await finding(page, 'Insurance').getByTestId('reject').click();
  await expect(toast(page)).toContainText('Insurance: rejected');
  await expect(
    page.getByTestId('category').filter({ hasText: 'Insurance' }).getByTestId('category-count'),
  ).toHaveText('1 rejected');
  await page.getByTestId('toast-undo').click();
  await expect(finding(page, 'Insurance')).toHaveAttribute('data-decision', 'unreviewed');
  await finding(page, 'Governing Law').click();
  await finding(page, 'Governing Law').getByTestId('accept').click();
  await expect(finding(page, 'Governing Law')).toHaveAttribute('data-decision', 'accepted');
  await finding(page, 'Governing Law').click();
  await finding(page, 'Governing Law').getByTestId('accept').click();
  await expect(finding(page, 'Governing Law')).toHaveAttribute('data-decision', 'unreviewed');
});

test('words that are selected on a page become a clause of the category that is chosen', async ({ page }) => {
  await openWindow(page);
  const sheet = await pageDrawn(page, 1);
  const line = sheet.locator('.textLayer span', { hasText: 'A. Northwind designs' });
  await settled(line);
  await slowFrames(page);
  const box = await line.boundingBox();
  if (!box) throw new Error('The line is not shown.');
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.press('+');
  await page.getByTestId('add-category').fill('escrow');
  await page.getByTestId('add-option').click();
  await expect(finding(page, 'Source Code Escrow')).toContainText(
    'Northwind designs, manufactures and sells',
  );
  await expect(finding(page, 'Source Code Escrow')).toHaveAttribute('aria-selected', 'true');
});

test('the parts of the list show what they say', async ({ page }) => {
  await openWindow(page);
  await page.getByTestId('show-uncertain').click();
  await expect(page.getByTestId('finding')).toHaveCount(6);
  await page.getByTestId('show-rejected').click();
  await expect(page.getByText('No clause was rejected.')).toBeVisible();
  await page.getByTestId('show-missing').click();
  await expect(page.getByTestId('finding')).toHaveCount(0);
  await expect(page.getByTestId('absent-category')).toHaveCount(16);
  await expect(page.getByTestId('absent-unread').first()).toContainText('Page 7 could not be read fully');
  const passage = page.locator('[data-absent="Price Restrictions"]');
  await passage.getByTestId('accept-nearest').click();
  await expect(passage).toHaveCount(0);
  await page.getByTestId('show-all').click();
  await expect(finding(page, 'Price Restrictions')).toHaveAttribute('data-decision', 'accepted');
});

test('keys typed into a note are words, and Escape leaves the note as it was', async ({ page }) => {
  await openWindow(page);
  await page.keyboard.press('j');
  await page.keyboard.press('n');
  await expect(page.getByTestId('note-field')).toBeFocused();
  await page.keyboard.type('axuzejk');
  await expect(page.getByTestId('note-field')).toHaveValue('axuzejk');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('note-field')).toHaveCount(0);
  await expect(selected(page)).toBeFocused();
  expect(await calls(page, 'review_document')).toEqual([]);
});

test('what was decided on an earlier version is carried over, and what is lost is listed', async ({
  page,
}) => {
  await openWindow(page, '?open=amended');
  await expect(finding(page, 'Document Name').getByTestId('carried')).toContainText('at the same place');
  await expect(finding(page, 'Insurance').getByTestId('carried')).toContainText('at another place');
  await expect(finding(page, 'Cap on Liability').getByTestId('carried')).toContainText('look at it again');
  const lost = page.getByTestId('lost');
  await expect(lost.locator('summary')).toHaveText('2 clauses that you reviewed are not in this version');
  await expect(lost.getByTestId('lost-clause').first()).toBeHidden();
  await lost.locator('summary').press('Enter');
  await expect(lost.getByTestId('lost-clause').first()).toContainText('The partner wanted this out.');
});

async function expectAccessible(page: Page, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`),
  ).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a review keeps nobody out, in the ${colorScheme} theme`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openWindow(page, '?open=amended');
    await pageDrawn(page, 1);
    await page.getByTestId('lost').locator('summary').click();
    await finding(page, 'Parties').first().click();
    await pressAndKeep(page, 'x', 'rejected');
    await pressAndKeep(page, 'a', 'accepted');
    await page.keyboard.press('n');
    await page.keyboard.type('Look at the date.');
    await pressAndKeep(page, 'Enter', 'note kept');
    await page.getByTestId('absent-toggle').first().click();
    await page.getByTestId('confirm-absent').first().click();
    await expectAccessible(page, '.findings');
    await finding(page, 'Governing Law').click();
    await page.keyboard.press('n');
    await expectAccessible(page, '.findings');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await expect(page.getByTestId('take-edit')).toBeEnabled();
    await expectAccessible(page, '[data-testid="edit-banner"]');
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await expect(page.getByTestId('take-edit')).toBeEnabled();
    await page.keyboard.press('Enter');
    await expectAccessible(page, '[data-testid="add-clause"]');
  });
}
