// All contracts side by side: with the keyboard, sorted, filtered, pinned, accepted, exported, and a thousand of them.
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { calls, expect, finding, openWindow, test } from './window';

async function openMatrix(page: Page, query = ''): Promise<void> {
  await openWindow(page, query);
  await page.keyboard.press('m');
  await expect(page.getByTestId('matrix-grid')).toBeVisible();
}

/** The cell at a row and a column; row -1 is the head, column -1 the names. */
function cell(page: Page, row: number, column: number): Locator {
  return page.locator(`[data-at="${row}:${column}"]`);
}

const name = (page: Page, row: number) => cell(page, row, -1).locator('.matrix-file');

async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('the arrow keys lead through the grid, which says how large it is', async ({ page }) => {
  await openMatrix(page);
  const grid = page.getByRole('grid', { name: 'Contracts by categories' });
  await expect(grid).toHaveAttribute('aria-rowcount', '13');
  await expect(grid).toHaveAttribute('aria-colcount', '42');
  await expect(page.getByTestId('matrix-grid').locator('[tabindex="0"]')).toHaveCount(1);

  await cell(page, 0, -1).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, 1, 0)).toBeFocused();
  await expect(cell(page, 1, 0)).toHaveAttribute('aria-colindex', '2');
  await expect(page.getByTestId('matrix-detail')).toContainText('Document Name in Arden Mutual NDA.pdf');
  await page.keyboard.press('End');
  await expect(cell(page, 1, 40)).toBeFocused();
  await expect(cell(page, 1, 40)).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('Control+Home');
  await expect(cell(page, 0, -1)).toBeFocused();
  await page.keyboard.press('Control+End');
  await expect(cell(page, 11, 40)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('PageUp');
  await expect(cell(page, 0, -1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, -1, -1)).toBeFocused();
  await expect(page.getByTestId('matrix-grid').locator('[tabindex="0"]')).toHaveCount(1);
});

test('heads sort, the same head again turns the order round', async ({ page }) => {
  await openMatrix(page);
  await page.locator('[data-sort="name"]').click();
  await expect(name(page, 0)).toHaveText('Arden Mutual NDA');
  await expect(cell(page, -1, -1)).toHaveAttribute('aria-sort', 'ascending');
  await cell(page, -1, -1).focus();
  await page.keyboard.press('Enter');
  await expect(name(page, 11)).toHaveText('Arden Mutual NDA');

  const law = page.getByRole('columnheader', { name: 'Governing Law, The contract' });
  await law.click();
  await expect(law).toHaveAttribute('aria-sort', 'ascending');
  const first = await cell(page, 0, 4).innerText();
  await law.click();
  await expect(law).toHaveAttribute('aria-sort', 'descending');
  expect((await cell(page, 0, 4).innerText()) > first).toBe(true);
  await page.getByTestId('matrix-sort').selectOption('pages');
  const pages = await page.locator('.matrix-row .matrix-pages').allInnerTexts();
  expect(pages.map(Number)).toEqual(pages.map(Number).sort((a, b) => b - a));
});

test('contracts are filtered by name and by the state of a category', async ({ page }) => {
  await openMatrix(page);
  await page.keyboard.press('/');
  await page.keyboard.type('arden');
  await expect(page.getByTestId('matrix-row')).toHaveCount(1);
  await expect(page.getByTestId('matrix-count')).toHaveText('1 of 12 contracts');
  await page.keyboard.type(' of nowhere');
  await expect(page.getByTestId('matrix-none')).toBeVisible();
  await page.getByTestId('clear-matrix-filter').click();
  await expect(page.getByTestId('matrix-row')).toHaveCount(12);

  await page.getByTestId('matrix-category-filter').selectOption('Governing Law');
  const states = () =>
    page
      .locator('[role="gridcell"][aria-colindex="6"]')
      .evaluateAll((cells) => cells.map((node) => (node as HTMLElement).dataset.state ?? ''));
  await expect
    .poll(async () => (await states()).every((state) => /unreviewed|accepted/.test(state)))
    .toBe(true);
  const having = (await states()).length;
  await page.getByTestId('matrix-cell-filter').selectOption('lacks');
  await expect.poll(async () => (await states()).every((state) => /missing|absent/.test(state))).toBe(true);
  const lacking = (await states()).length;
  expect(having).toBeGreaterThan(0);
  expect(lacking).toBeGreaterThan(0);
  // The others were not read yet.
  expect(having + lacking).toBeLessThan(12);
});

test('pins keep a contract and a category in view, and what is hidden comes back', async ({ page }) => {
  await openMatrix(page, '?contracts=1000');
  await cell(page, 0, -1).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('p');
  await expect(name(page, 0)).toHaveText('Arden Mutual NDA');
  await cell(page, -1, 4).focus();
  await page.keyboard.press('p');
  const law = page.getByRole('columnheader', { name: 'Governing Law' });
  await expect(law).toHaveAttribute('aria-colindex', '2');
  await page.getByTestId('matrix-grid').evaluate((grid) => grid.scrollTo(3000, 9000));
  await expect(page.locator('[aria-rowindex="270"]')).toBeAttached();
  await expect(name(page, 0)).toBeInViewport({ ratio: 1 });
  await expect(law).toBeInViewport({ ratio: 1 });

  await law.focus();
  await page.keyboard.press('h');
  await expect(law).toHaveCount(0);
  await page.getByTestId('matrix-shelf').click();
  await page.getByRole('checkbox', { name: 'Governing Law' }).check();
  await page.keyboard.press('Escape');
  await page.getByTestId('matrix-grid').evaluate((grid) => grid.scrollTo(0, 0));
  await expect(law).toHaveAttribute('aria-colindex', '6');
});

test('pins and what is hidden are there again at the next start', async ({ page }) => {
  await openMatrix(page);
  await cell(page, 1, -1).focus();
  await page.keyboard.press('p');
  await cell(page, -1, 4).focus();
  await page.keyboard.press('p');
  await cell(page, -1, 1).focus();
  await page.keyboard.press('h');
  await expect(page.getByRole('columnheader', { name: 'Document Name' })).toHaveCount(0);
  await openMatrix(page);
  await expect(name(page, 0)).toHaveText('Arden Mutual NDA');
  await expect(page.getByRole('columnheader', { name: 'Governing Law' })).toHaveAttribute(
    'aria-colindex',
    '2',
  );
  await expect(page.getByRole('columnheader', { name: 'Document Name' })).toHaveCount(0);
});

test('that there is none is confirmed of many cells at once, after a question', async ({ page }) => {
  await openMatrix(page);
  await cell(page, 0, -1).focus();
  await page.keyboard.press('Space');
  const state = '[role="gridcell"][data-at^="0:"][data-state="missing"]';
  await expect(page.locator(state).first()).toBeVisible();
  const button = page.getByTestId('confirm-none-cells');
  const count = Number(/\d+/.exec(await button.innerText())?.[0]);
  expect(count).toBeGreaterThan(10);
  await button.click();
  const dialog = page.getByTestId('none-dialog');
  await expect(dialog).toContainText(`${count} cells in 1 contract`);
  await axe(page);
  await page.getByTestId('none-nothing').click();
  expect(await calls(page, 'confirm_absent_cells')).toEqual([]);
  await button.click();
  await page.getByTestId('confirm-none').click();
  await expect(page.getByTestId('toast')).toContainText(`Confirmed that there is none in ${count} cells`);
  await expect(page.locator(state)).toHaveCount(0);
  const [call] = (await calls(page, 'confirm_absent_cells')) as { cells: unknown[] }[];
  expect(call?.cells).toHaveLength(count);
});

test('a cell leads to its clause, of a contract that is not open yet too', async ({ page }) => {
  await openMatrix(page, '?open=nda');
  await page.getByRole('gridcell', { name: 'To review: New York' }).first().click();
  await expect(page.getByTestId('contract-name')).toHaveText('Northwind-Halden Distribution Agreement.pdf');
  await expect(finding(page, 'Governing Law').first()).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('m');
  await cell(page, 1, 1).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('contract-name')).toHaveText('Arden Mutual NDA.pdf');
  await expect(finding(page, 'Parties').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('m');
  await expect(cell(page, 1, 1)).toHaveAttribute('tabindex', '0');
});

test('a selection is accepted after a question that says how much it is', async ({ page }) => {
  await openMatrix(page);
  await cell(page, 0, 0).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('matrix-selection')).toContainText('4 cells selected, 4 to review');
  await cell(page, 1, 5).click({ modifiers: ['Control'] });
  await expect(page.getByTestId('matrix-selection')).toContainText('5 cells selected, 4 to review');

  await page.getByTestId('accept-cells').click();
  const dialog = page.getByTestId('accept-dialog');
  await expect(dialog).toContainText('4 cells in 2 contracts');
  await page.getByTestId('accept-nothing').click();
  expect(await calls(page, 'accept_cells')).toEqual([]);
  await page.getByTestId('accept-cells').click();
  await page.getByTestId('confirm-accept').click();
  await expect(page.getByTestId('toast')).toContainText('Accepted 4 cells');
  await expect(page.getByTestId('toast')).toContainText('In 2 contracts.');
  await expect(cell(page, 1, 1)).toHaveAttribute('data-state', 'accepted');
  await expect(cell(page, 0, -1)).toContainText('2 of 41');
  const [call] = (await calls(page, 'accept_cells')) as { cells: { category: string }[] }[];
  expect(call?.cells.map(({ category }) => category).sort()).toEqual([
    'Document Name',
    'Document Name',
    'Parties',
    'Parties',
  ]);
});

test('rows, columns and stretches are selected by key and by press', async ({ page }) => {
  await openMatrix(page);
  const selected = page.getByTestId('matrix-selection');
  await cell(page, -1, 2).focus();
  await page.keyboard.press('Space');
  await expect(selected).toContainText('12 cells selected');
  await cell(page, 0, -1).focus();
  await page.keyboard.press('Space');
  await expect(selected).toContainText('52 cells selected');
  await page.keyboard.press('Escape');
  await expect(selected).not.toContainText('selected');
  await cell(page, 2, 0).focus();
  await cell(page, 4, 2).click({ modifiers: ['Shift'] });
  await expect(selected).toContainText('9 cells selected');
  await page.keyboard.press('Control+a');
  await expect(selected).toContainText('492 cells selected');
});

test('what is shown is exported in its order', async ({ page }) => {
  await openMatrix(page);
  await page.getByTestId('matrix-filter').fill('northwind');
  await page.getByTestId('matrix-sort').selectOption('name');
  await cell(page, -1, 0).focus();
  await page.keyboard.press('h');
  const shown = page.getByTestId('matrix-row');
  await expect(page.getByRole('columnheader', { name: 'Document Name' })).toHaveCount(0);
  const rows = await shown.count();
  await page.getByTestId('export-matrix').click();
  await expect(page.getByTestId('toast')).toContainText(`Exported ${rows} contracts`);
  const [call] = (await calls(page, 'export_matrix')) as { sha256s: string[]; categories: string[] }[];
  expect(call?.sha256s).toHaveLength(rows);
  expect(call?.categories).toHaveLength(40);
  expect(call?.categories[0]).toBe('Parties');
});

test('a thousand contracts keep the page small', async ({ page }) => {
  await openMatrix(page, '?contracts=1000');
  const grid = page.getByTestId('matrix-grid');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '1001');
  let most = 0;
  for (let part = 0; part <= 10; part += 1) {
    await grid.evaluate((node, share) => {
      node.scrollTop = (node.scrollHeight - node.clientHeight) * share;
      node.scrollLeft = (node.scrollWidth - node.clientWidth) * share;
    }, part / 10);
    const last = 2 + Math.floor((1000 - 20) * (part / 10));
    await expect(page.locator(`[aria-rowindex="${last + 5}"]`)).toBeAttached();
    most = Math.max(most, await page.locator('[role="gridcell"]').count());
  }
  expect(most).toBeGreaterThan(100);
  expect(most).toBeLessThan(600);
  await expect(cell(page, 999, 40)).toBeInViewport({ ratio: 0.9 });
});

test('what had the focus keeps it when it is scrolled out of view', async ({ page }) => {
  await openMatrix(page, '?contracts=1000');
  await cell(page, 2, 1).focus();
  await page.getByTestId('matrix-grid').evaluate((grid) => grid.scrollTo(4000, 20_000));
  await expect(page.locator('[aria-rowindex="600"]')).toBeAttached();
  await expect(cell(page, 2, 1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, 3, 1)).toBeFocused();
  await expect(cell(page, 3, 1)).toBeInViewport({ ratio: 0.9 });
});

test('no contracts, waiting and a fault are each a sentence, and a fault is tried again', async ({
  page,
}) => {
  await openWindow(page, '?contracts=0');
  await page.keyboard.press('m');
  await expect(page.getByTestId('matrix-empty')).toContainText('No contracts to compare yet');
  await openWindow(page, '?matrix=stands');
  await page.getByTestId('show-matrix').click();
  await expect(page.getByTestId('matrix')).toContainText('is being gathered');
  await openWindow(page, '?matrix=fails');
  await page.keyboard.press('m');
  await expect(page.getByTestId('matrix-fault')).toContainText('the disk does not answer');
  await axe(page);
  await page.getByTestId('matrix-retry').click();
  await expect(page.getByTestId('matrix-row')).toHaveCount(12);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing to complain of, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openMatrix(page);
    await cell(page, -1, 3).focus();
    await page.keyboard.press('p');
    await cell(page, 1, -1).focus();
    await page.keyboard.press('Space');
    await expect(page.getByTestId('matrix-selection')).toContainText('selected');
    await axe(page);
    await page.getByTestId('matrix-shelf').click();
    await expect(page.getByTestId('shelf-dialog')).toBeVisible();
    await axe(page);
  });
}
