// Where things stand on a page of a fixture contract: worked out here without pdf.js.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { FindingView, PageView } from '../src/backend/types';

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What the fixtures say of the agreement. */
export const agreement = JSON.parse(
  readFileSync(new URL('../fixtures/agreement.json', import.meta.url), 'utf8'),
) as { findings: FindingView[]; pages: PageView[] };

export function recorded(category: string): FindingView {
  const found = agreement.findings.find((candidate) => candidate.category === category);
  if (!found) throw new Error(`No ${category} in the fixtures`);
  return found;
}

/** Where the fixture drew a rectangle, as a share of the page as the file shows it. */
export function expectedShare(page: PageView, [x0, y0, x1, y1]: number[]): Box {
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

/** The box on a sheet before the person turned it by quarters clockwise, with the sheet at the origin. */
export function unturned(box: Box, sheet: Box, quarters: number): Box {
  const { left, top, right, bottom } = box;
  const [width, height] = [sheet.right - sheet.left, sheet.bottom - sheet.top];
  const flat = {
    left: left - sheet.left,
    right: right - sheet.left,
    top: top - sheet.top,
    bottom: bottom - sheet.top,
  };
  if (quarters === 0) return flat;
  const back = { left: flat.top, right: flat.bottom, top: width - flat.right, bottom: width - flat.left };
  return unturned(back, { left: 0, top: 0, right: height, bottom: width }, quarters - 1);
}

/** The boxes of what the selector finds on a page, of the text of some words character by character, and of the sheet. */
export async function measure(page: Page, number: number, selector: string, words: string) {
  return page.getByTestId(`page-${number}`).evaluate(
    (sheet, { selector, words }) => {
      const box = ({ left, top, right, bottom }: DOMRect) => ({ left, top, right, bottom });
      const marks = [...sheet.querySelectorAll(selector)].map((mark) => box(mark.getBoundingClientRect()));
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
    { selector, words },
  );
}

/** The box around others. */
export function around(boxes: Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** The boxes of characters line by line; lines run from left to right. */
export function byLine(boxes: Box[]): Box[] {
  const lines: Box[][] = [];
  for (const box of boxes) {
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (line && last && Math.abs(box.top - last.top) < 3) line.push(box);
    else lines.push([box]);
  }
  return lines.map(around);
}

/** The greatest distance between the edges of two boxes. */
export function apart(a: Box, b: Box): number {
  return Math.max(
    Math.abs(a.left - b.left),
    Math.abs(a.top - b.top),
    Math.abs(a.right - b.right),
    Math.abs(a.bottom - b.bottom),
  );
}
