// Fast now, accurate later: a second model checks what is in doubt while the list is already there.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { calls, expect, finding, openWindow, settled, test } from './window';

const SECOND = 'roberta-base-cuad';

/** Opens the window with a second model chosen, as it was left the last time. */
async function openChecked(page: Page, query = ''): Promise<void> {
  await page.addInitScript((refineWith) => {
    const key = 'proviso-fixture-preferences';
    if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify({ refineWith }));
  }, SECOND);
  await openWindow(page, query);
}

test('checked clauses say so, and only those in doubt can be listed', async ({ page }) => {
  await openChecked(page);
  const line = page.getByTestId('checking');
  await expect(line).toHaveText(`${SECOND} looked at 4 doubtful clauses: 2 confirmed, 1 not, 1 added.`);
  await expect(finding(page, 'Competitive Restriction Exception').getByTestId('check-badge')).toHaveText(
    `Confirmed by ${SECOND}, 93 %`,
  );
  await expect(finding(page, 'Uncapped Liability').getByTestId('check-badge')).toHaveText(
    `Not confirmed by ${SECOND}`,
  );
  await expect(finding(page, 'No-Solicit of Employees').getByTestId('check-badge')).toHaveText(
    `Added by ${SECOND}, 88 %`,
  );
  await expect(page.getByTestId('live')).toContainText(`${SECOND} has checked the doubtful ones`);
  await page.getByTestId('doubtful-only').check();
  await expect(page.getByTestId('finding')).toHaveCount(1);
  await page.keyboard.press('j');
  await expect(finding(page, 'Uncapped Liability')).toHaveAttribute('aria-selected', 'true');
  await page.getByTestId('filter').fill('insurance');
  await expect(page.getByText('No clause with the words “insurance” is unconfirmed.')).toBeVisible();
});

test('the checking shows how far it is, and is stopped and taken up again', async ({ page }) => {
  await openChecked(page, '?refining=stands');
  const line = page.getByTestId('checking');
  await expect(line).toContainText(
    `Checking doubtful clauses with ${SECOND}: 12 of 40, about 3 minutes left`,
  );
  await expect(page.getByTestId('reading-status')).toHaveText('Read in 3.4 seconds');
  await expect(page.getByTestId('check-badge')).toHaveCount(2);
  await page.getByTestId('stop-checking').click();
  await expect(line).toHaveAttribute('data-stage', 'stopped');
  await expect(page.getByTestId('check-badge')).toHaveCount(2);
  await expect(page.getByTestId('check-again')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(line).toContainText('12 of 40');
  expect(await calls(page, 'cancel_refining')).toHaveLength(1);
  expect(await calls(page, 'refine_document')).toHaveLength(2);
});

test('a checking that fails says why and keeps the list', async ({ page }) => {
  await openChecked(page, '?refining=fails');
  await expect(page.getByTestId('checking')).toContainText(`The disk with “${SECOND}” is not there any more`);
  await expect(page.getByTestId('toast')).toContainText('could not be checked');
  await expect(finding(page, 'Parties')).toHaveCount(2);
});

test('a model that is chosen to check begins with the open contract, and ends when it shall not', async ({
  page,
}) => {
  await openWindow(page, '?refining=stands');
  await page.getByTestId('open-preferences').click();
  const button = page.locator(`[data-model="${SECOND}"]`).getByTestId('check-with');
  await button.click();
  await expect(button).toHaveText('Stop checking with it');
  await expect(button).toBeFocused();
  await expect(page.getByTestId('measured-at')).toContainText('Doubtful clauses are being checked now');
  await button.click();
  await expect(page.getByTestId('checking')).toHaveCount(0);
  await expect(page.getByTestId('measure')).toBeEnabled();
});

for (const [width, height] of [
  [1280, 720],
  [640, 360],
] as const) {
  test(`badges, line and sections fit at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openChecked(page, '?refining=stands');
    await expect(page.getByTestId('checking')).toContainText('12 of 40');
    await page.getByTestId('stop-checking').click({ trial: true });
    await page.getByTestId('doubtful-only').click({ trial: true });
    const spare = (selector: string) =>
      page.locator(selector).evaluate((element) => element.clientWidth - element.scrollWidth);
    expect(await spare('.findings')).toBeGreaterThanOrEqual(0);
    await page.getByTestId('open-preferences').click();
    await page.getByTestId('add-question').click();
    for (const id of ['models', 'questions', 'screening'])
      expect(await spare(`[data-testid="${id}"]`)).toBeGreaterThanOrEqual(0);
    await page.getByTestId('import-model').click();
    await settled(page.getByTestId('import-dialog'));
    await page.getByTestId('start-import').click({ trial: true });
    expect(await spare('.import-form')).toBeGreaterThanOrEqual(0);
  });
}

async function expectAccessible(page: Page, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`),
  ).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`checked clauses keep nobody out, in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openChecked(page);
    await expect(page.getByTestId('checking')).toHaveAttribute('data-stage', 'done');
    await finding(page, 'Uncapped Liability').click();
    await expectAccessible(page, '.findings');
  });

  test(`models and questions keep nobody out, in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openChecked(page, '?importing=fails');
    await page.getByTestId('open-preferences').click();
    await page.locator('[data-model="house-style-2023"]').getByTestId('verify').click();
    await page.locator(`[data-model="${SECOND}"]`).getByTestId('verify').click();
    await expect(page.getByTestId('verified')).toHaveCount(2);
    await page.getByTestId('add-question').click();
    await page.getByTestId('save-question').click();
    await expect(page.getByTestId('question-fault')).toBeVisible();
    await page.getByTestId('import-model').click();
    await expectAccessible(page, '[data-testid="import-dialog"]');
    await page.getByTestId('start-import').click();
    await expect(page.getByTestId('import-failed')).toBeVisible();
    for (const id of ['models', 'screening', 'questions'])
      await expectAccessible(page, `[data-testid="${id}"]`);
    await page.locator(`[data-model="${SECOND}"]`).getByTestId('remove').click();
    await expectAccessible(page, '[data-testid="remove-model"]');
  });
}
