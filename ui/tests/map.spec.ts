// The map of the whole contract beside the scrollbar, and the legend of its colours.
import AxeBuilder from '@axe-core/playwright';
import { expect, finding, highlights, openWindow, pageDrawn, test } from './window';

test('the map shows every clause in its colour, and a click goes there', async ({ page }) => {
  await openWindow(page);
  await pageDrawn(page, 1);
  const bars = page.getByTestId('mini-clause');
  const ids = await page
    .getByTestId('finding')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-finding-id')));
  const shown = await bars.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-finding-id')));
  expect(new Set(shown)).toEqual(new Set(ids));
  // One clause stands on two pages.
  expect(shown).toHaveLength(ids.length + 1);

  const law = finding(page, 'Governing Law');
  const id = await law.getAttribute('data-finding-id');
  await page.locator(`[data-testid="mini-clause"][data-finding-id="${id}"]`).click();
  await pageDrawn(page, 6);
  await expect(law).toHaveAttribute('aria-selected', 'true');
  const mark = highlights(page, id).first();
  await expect(mark).toBeInViewport();
  const bar = page.locator('[data-testid="mini-clause"][data-selected="true"]');
  await expect(bar).toHaveCount(1);
  const hue = (node: Element) => getComputedStyle(node).getPropertyValue('--group-mark');
  expect(await bar.evaluate(hue)).toBe(await mark.evaluate(hue));
});

test('a click beside the clauses goes to that place', async ({ page }) => {
  await openWindow(page, '?open=long');
  await pageDrawn(page, 1);
  const map = page.getByTestId('mini-map');
  await expect(map).toHaveAttribute('aria-hidden', 'true');
  const box = await map.boundingBox();
  if (!box) throw new Error('The map is not shown.');
  // Between the clauses of pages 155 and 165.
  const y = (box.height * 159.5) / 320;
  await map.click({ position: { x: 9, y } });
  await pageDrawn(page, 160);
  const view = await page.getByTestId('mini-view').boundingBox();
  expect(view && view.y <= box.y + y + 1 && view.y + view.height >= box.y + y - 1).toBe(true);
});

test('words that are found are on the map as well', async ({ page }) => {
  await openWindow(page);
  await pageDrawn(page, 1);
  await expect(page.getByTestId('mini-found')).toHaveCount(0);
  await page.keyboard.press('Control+f');
  await page.getByTestId('find-words').fill('governed by the laws');
  await expect(page.getByTestId('find-state')).toHaveText('1 of 1');
  const found = await page.getByTestId('mini-found').boundingBox();
  const id = await finding(page, 'Governing Law').getAttribute('data-finding-id');
  const bar = await page.locator(`[data-testid="mini-clause"][data-finding-id="${id}"]`).boundingBox();
  expect(Math.abs((found?.y ?? 0) - (bar?.y ?? 0))).toBeLessThan(5);
});

test('the legend names the groups with what they have on the pages', async ({ page }) => {
  await openWindow(page);
  await page.getByTestId('legend-toggle').click();
  const legend = page.getByTestId('legend');
  const groups = legend.getByTestId('legend-group');
  await expect(groups).toHaveCount(7);
  for (const [index, group] of (await page.getByTestId('group').all()).entries()) {
    await expect(groups.nth(index)).toContainText(
      await group.getByRole('heading', { level: 3 }).innerText(),
      {
        ignoreCase: true,
      },
    );
    const count = await group.getByTestId('finding').count();
    const said = count === 0 ? 'none' : count === 1 ? '1 clause' : `${count} clauses`;
    await expect(groups.nth(index)).toContainText(said);
  }
  await expect(legend).toContainText('Not reviewed');
  await legend.getByTestId('legend-close').focus();
  await page.keyboard.press('Escape');
  await expect(legend).toHaveCount(0);
  await expect(page.getByTestId('legend-toggle')).toBeFocused();
});

test('marks one over the other keep a line each', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'License Grant').click();
  await pageDrawn(page, 4);
  const line = async (category: string) => {
    const id = await finding(page, category).getAttribute('data-finding-id');
    const lanes = await highlights(page, id).evaluateAll((nodes) =>
      nodes.map((node) => `${node.getAttribute('data-lane')} ${getComputedStyle(node, '::after').bottom}`),
    );
    return new Set(lanes);
  };
  // The licence is granted in a sentence of which a part says that it is not transferable.
  await finding(page, 'Insurance').click();
  await finding(page, 'IP Ownership Assignment').click();
  await pageDrawn(page, 4);
  const [whole, part] = [await line('License Grant'), await line('Non-Transferable License')];
  expect(whole).toEqual(new Set(['0 -1px']));
  expect(part).toEqual(new Set(['1 -3.5px']));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing around the pages keeps a screen reader out, in the ${colorScheme} theme`, async ({
    page,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openWindow(page);
    await pageDrawn(page, 1);
    await page.getByTestId('legend-toggle').click();
    await page.getByTestId('drawer-toggle').click();
    await page.keyboard.press('Control+f');
    await page.getByTestId('find-words').fill('distributor');
    await expect(page.getByTestId('find-state')).toContainText('1 of');
    await page.getByTestId('zoom-level').click();
    await expect(page.getByTestId('zoom-choices')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('.viewer').exclude('.textLayer').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
      [],
    );
  });
}
