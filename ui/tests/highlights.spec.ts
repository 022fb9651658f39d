// Marks lie on their words: measured against where pdf.js puts the text, at two zooms, also turned and cropped.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { FindingView, PageView } from '../src/backend/types';
import { expect, finding, highlights, openWindow, pageDrawn, settled, test } from './window';

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const record = JSON.parse(readFileSync(new URL('../fixtures/agreement.json', import.meta.url), 'utf8')) as {
  findings: FindingView[];
  pages: PageView[];
};

/** Where the fixture drew a mark, as a share of the page as it is shown: worked out here without pdf.js. */
function expectedShare(page: PageView, [x0, y0, x1, y1]: number[]): Box {
  const [cx0, cy0, cx1, cy1] = page.crop;
  const width = cx1 - cx0;
  const height = cy1 - cy0;
  const [a = 0, b = 0, c = 0, d = 0] = [x0, y0, x1, y1];
  return page.rotation === 90
    ? {
        left: (b - cy0) / height,
        right: (d - cy0) / height,
        top: (a - cx0) / width,
        bottom: (c - cx0) / width,
      }
    : {
        left: (a - cx0) / width,
        right: (c - cx0) / width,
        top: (cy1 - d) / height,
        bottom: (cy1 - b) / height,
      };
}

/** The boxes of the marks of a finding, and of the text beneath them character by character. */
async function measure(page: Page, id: number, words: string, number: number) {
  return page.getByTestId(`page-${number}`).evaluate(
    (sheet, { id, words }) => {
      const box = ({ left, top, right, bottom }: DOMRect) => ({ left, top, right, bottom });
      const marks = [...sheet.querySelectorAll(`[data-finding-id="${id}"]`)].map((mark) =>
        box(mark.getBoundingClientRect()),
      );
      // The text of the page with the node and offset of every character that is no space.
      const characters: { node: Text; offset: number; letter: string }[] = [];
      const walker = document.createTreeWalker(
        sheet.querySelector('.textLayer') as Element,
        NodeFilter.SHOW_TEXT,
      );
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node as Text;
        [...text.data].forEach((letter, offset) => {
          if (letter.trim() !== '') characters.push({ node: text, offset, letter });
        });
      }
      const wanted = words.replaceAll(/\s/g, '');
      const at = characters
        .map(({ letter }) => letter)
        .join('')
        .indexOf(wanted);
      const boxes = characters.slice(at, at + wanted.length).map(({ node, offset }) => {
        const range = document.createRange();
        range.setStart(node, offset);
        range.setEnd(node, offset + 1);
        return box(range.getBoundingClientRect());
      });
      return { at, marks, boxes, sheet: box(sheet.getBoundingClientRect()) };
    },
    { id, words },
  );
}

async function checkPage(page: Page, category: string, number: number): Promise<void> {
  const entry = record.findings.find((candidate) => candidate.category === category);
  if (!entry) throw new Error(`No ${category} in the fixtures`);
  await finding(page, category).first().click();
  const sheet = await pageDrawn(page, number);
  await settled(sheet);
  const mark = highlights(page, String(entry.id)).first();
  await expect(mark).toBeInViewport();
  await expect(mark).toHaveAttribute('data-selected', 'true');

  const { at, marks, boxes, sheet: paper } = await measure(page, entry.id, entry.text, number);
  expect(at).toBeGreaterThanOrEqual(0);
  const here = entry.marks.filter((candidate) => candidate.page === number);
  expect(marks).toHaveLength(here.length);
  const view = record.pages[number - 1] as PageView;
  const width = paper.right - paper.left;
  const height = paper.bottom - paper.top;
  here.forEach(({ rect }, index) => {
    const share = expectedShare(view, rect);
    const drawn = marks[index] as Box;
    expect(Math.abs(drawn.left - (paper.left + share.left * width))).toBeLessThan(3);
    expect(Math.abs(drawn.right - (paper.left + share.right * width))).toBeLessThan(3);
    expect(Math.abs(drawn.top - (paper.top + share.top * height))).toBeLessThan(3);
    expect(Math.abs(drawn.bottom - (paper.top + share.bottom * height))).toBeLessThan(3);
  });
  // Every character of the clause lies in one of its marks, and the marks begin and end with characters.
  for (const character of boxes) {
    const middle = { x: (character.left + character.right) / 2, y: (character.top + character.bottom) / 2 };
    const inside = marks.some(
      (box) =>
        middle.x >= box.left - 3 &&
        middle.x <= box.right + 3 &&
        middle.y >= box.top &&
        middle.y <= box.bottom,
    );
    expect(inside).toBe(true);
  }
  for (const box of marks) {
    const line = boxes.filter(
      ({ top, bottom }) => (top + bottom) / 2 > box.top && (top + bottom) / 2 < box.bottom,
    );
    expect(Math.abs(Math.min(...line.map(({ left }) => left)) - box.left)).toBeLessThan(3);
    expect(Math.abs(Math.max(...line.map(({ right }) => right)) - box.right)).toBeLessThan(3);
  }
}

const PLACES: [string, string, number][] = [
  ['an upright page', 'Minimum Commitment', 2],
  ['a page turned by 90 degrees', 'Audit Rights', 3],
  ['a page with an offset crop box', 'IP Ownership Assignment', 4],
];

for (const [name, category, number] of PLACES) {
  test(`marks lie on the words of ${name}, at two zooms`, async ({ page }) => {
    await openWindow(page);
    await checkPage(page, category, number);
    for (let step = 0; step < 4; step += 1) await page.getByTestId('zoom-in').click();
    await expect(page.getByTestId('zoom-level')).toHaveText('200 %');
    await checkPage(page, category, number);
  });
}

test('a clause over a page break is marked on both pages', async ({ page }) => {
  await openWindow(page);
  const card = finding(page, 'Post-Termination Services');
  await card.click();
  await pageDrawn(page, 5);
  await pageDrawn(page, 6);
  const id = await card.getAttribute('data-finding-id');
  await expect(card).toContainText('Pages 5–6');
  await expect(highlights(page, id).and(page.locator('[data-page="5"]'))).not.toHaveCount(0);
  await expect(highlights(page, id).and(page.locator('[data-page="6"]'))).not.toHaveCount(0);
});

test('a click on a mark selects its finding, and a further click the one beneath', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Cap on Liability').click();
  await finding(page, 'License Grant').click();
  await settled(await pageDrawn(page, 4));
  const inner = finding(page, 'Non-Transferable License');
  const mark = highlights(page, await inner.getAttribute('data-finding-id')).first();
  const box = await mark.boundingBox();
  if (!box) throw new Error('The mark is not shown.');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.click(middle.x, middle.y);
  // The outer clause was selected already, so the click goes on to the inner one, and the next one back.
  await expect(inner).toHaveAttribute('aria-selected', 'true');
  await expect(inner).toBeInViewport();
  await page.mouse.click(middle.x, middle.y);
  await expect(finding(page, 'License Grant')).toHaveAttribute('aria-selected', 'true');
});

test('text under a mark can be selected', async ({ page }) => {
  await openWindow(page);
  await finding(page, 'Insurance').click();
  await settled(await pageDrawn(page, 6));
  const id = await finding(page, 'Insurance').getAttribute('data-finding-id');
  const box = await highlights(page, id).first().boundingBox();
  if (!box) throw new Error('The mark is not shown.');
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const chosen = await page.evaluate(() => window.getSelection()?.toString() ?? '');
  expect(chosen).toContain('shall maintain at its own cost');
});
