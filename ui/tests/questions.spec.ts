// The person's own questions: written, changed, removed, and shown as a group of the list.
import type { Page } from '@playwright/test';
import { calls, expect, finding, openWindow, test } from './window';

async function openSheet(page: Page, query = ''): Promise<void> {
  await openWindow(page, query);
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('answered-by')).toBeVisible();
}

async function add(page: Page, name: string, question: string): Promise<void> {
  await page.getByTestId('add-question').click();
  await expect(page.getByTestId('question-name')).toBeFocused();
  await page.getByTestId('question-name').fill(name);
  await page.getByTestId('question-text').fill(question);
  await page.getByTestId('save-question').click();
}

const row = (page: Page, name: string) => page.locator(`[data-testid="question"][data-name="${name}"]`);
const group = (page: Page) =>
  page
    .getByTestId('group')
    .filter({ has: page.getByRole('heading', { name: 'Your own questions', exact: true }) });

test('a question is added, changed and removed, and stands as a group', async ({ page }) => {
  await openSheet(page);
  await add(page, 'Price list', 'May the price list be changed?');
  await expect(row(page, 'Price list')).toContainText('May the price list be changed?');
  await expect(page.getByTestId('add-question')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(group(page).getByTestId('absent-toggle')).toContainText('Price list');

  await page.getByTestId('open-preferences').click();
  await page.getByRole('button', { name: 'Edit “Price list”' }).click();
  await page.getByTestId('question-name').fill('Prices');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Prices')).toBeVisible();
  await page.getByRole('button', { name: 'Remove “Prices”' }).click();
  await expect(row(page, 'Prices')).toHaveCount(0);
  await expect(page.getByTestId('undo-remove')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Prices')).toBeVisible();
  await page.getByRole('button', { name: 'Remove “Prices”' }).click();
  await page.keyboard.press('Escape');
  await expect(group(page)).toHaveCount(0);
  expect((await calls(page, 'save_preferences')).at(-1)).toMatchObject({ preferences: { questions: [] } });
});

test('what cannot be asked says why beside its field', async ({ page }) => {
  await openSheet(page);
  await add(page, 'governing law', 'Which law?');
  await expect(page.getByTestId('question-fault')).toContainText('already looks for a category of this name');
  await expect(page.getByTestId('question-name')).toBeFocused();
  await page.getByTestId('question-name').fill('Law');
  await page.getByTestId('question-text').fill('   ');
  await page.getByTestId('save-question').click();
  await expect(page.getByTestId('question-text')).toBeFocused();
  await expect(page.getByTestId('question-text')).toHaveAttribute('aria-invalid', 'true');
});

test('the section says which model answers, or what to do', async ({ page }) => {
  await openSheet(page, '?models=bundled');
  await expect(page.getByTestId('answered-by')).toContainText('Import one under Models');
  await openSheet(page);
  await expect(page.getByTestId('answered-by')).toContainText('use roberta-base-cuad for reading');
  const roberta = page.locator('[data-model="roberta-base-cuad"]');
  await roberta.getByTestId('check-with').click();
  await expect(page.getByTestId('answered-by')).toContainText('while it checks doubtful clauses');
  await roberta.getByTestId('read-with').click();
  await expect(page.getByTestId('answered-by')).toContainText('when it reads a contract');
});

test('the answers stand in the list, with a threshold of their own', async ({ page }) => {
  await openSheet(page);
  await add(page, 'Price list', 'May the price list be changed?');
  await page.locator('[data-model="roberta-base-cuad"]').getByTestId('read-with').click();
  await page.getByTestId('read-all-again').click();
  await expect(finding(page, 'Price list')).toContainText('Northwind may change the price list');
  await page.getByTestId('open-preferences').click();
  await page.getByLabel('Threshold of Price list as a number').fill('0.9');
  await expect(finding(page, 'Price list')).toHaveCount(0);
});
