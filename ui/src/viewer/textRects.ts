// Where letters of the text layer stand, in PDF user space: a rectangle a line.
import type { RectView } from '../backend';
import { toUser } from './coordinates';
import type { TextSpan } from './findText';
import type { PageViewport } from './pdf';

/** The rectangle of some letters in a row, and whether their row runs up or down the unturned page. */
export interface LetterRun {
  rect: RectView;
  upright: boolean;
}

/** Joins the runs that stand in one line. */
export function joinLines(runs: LetterRun[]): RectView[] {
  const lines: LetterRun[] = [];
  for (const run of runs) {
    const line = lines.at(-1);
    if (line && line.upright === run.upright && sameLine(line, run)) line.rect = union(line.rect, run.rect);
    else lines.push({ ...run });
  }
  return lines.map(({ rect }) => rect);
}

/** Whether two runs stand side by side, by more than half of the smaller one's height. */
function sameLine(a: LetterRun, b: LetterRun): boolean {
  const [from, to] = a.upright ? [0, 2] : [1, 3];
  const [a0, a1, b0, b1] = [a.rect[from] ?? 0, a.rect[to] ?? 0, b.rect[from] ?? 0, b.rect[to] ?? 0];
  return Math.min(a1, b1) - Math.max(a0, b0) > Math.min(a1 - a0, b1 - b0) / 2;
}

function union(a: RectView, b: RectView): RectView {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Letters of one node of text. */
interface Part {
  node: Text;
  from: number;
  to: number;
}

/** The lines of a place that was found, from the elements that show the pieces of text. */
export function rectsOfSpan(
  pieces: HTMLElement[],
  { from, to }: TextSpan,
  sheet: Element,
  viewport: PageViewport,
): RectView[] {
  const parts = pieces.slice(from.piece, to.piece + 1).flatMap((element, index, all): Part[] => {
    const node = element.firstChild;
    if (!(node instanceof Text)) return [];
    const last = index === all.length - 1;
    return [{ node, from: index === 0 ? from.offset : 0, to: last ? to.offset : node.data.length }];
  });
  return rectsOfParts(parts, sheet, viewport);
}

/** The lines of what is selected on a page. */
export function rectsOfRange(
  range: Range,
  layer: Element,
  sheet: Element,
  viewport: PageViewport,
): RectView[] {
  const parts: Part[] = [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    const text = node as Text;
    parts.push({
      node: text,
      from: text === range.startContainer ? range.startOffset : 0,
      to: text === range.endContainer ? range.endOffset : text.data.length,
    });
  }
  return rectsOfParts(parts, sheet, viewport);
}

function rectsOfParts(parts: Part[], sheet: Element, viewport: PageViewport): RectView[] {
  const paper = sheet.getBoundingClientRect();
  const range = document.createRange();
  const runs = parts.flatMap(({ node, from, to }): LetterRun[] => {
    // Blanks at the ends belong to no word.
    const words = node.data.slice(from, to);
    if (words.trim() === '') return [];
    range.setStart(node, from + words.length - words.trimStart().length);
    range.setEnd(node, to - words.length + words.trimEnd().length);
    const { left, top, width, height } = range.getBoundingClientRect();
    const rect = toUser(viewport, { left: left - paper.left, top: top - paper.top, width, height });
    return [{ rect, upright: isUpright(node.parentElement) }];
  });
  return joinLines(runs);
}

/** pdf.js tells the direction of a piece of text that does not run along the x axis as an angle. */
function isUpright(element: HTMLElement | null): boolean {
  const angle = Number.parseFloat(element?.style.getPropertyValue('--rotate') ?? '') || 0;
  return Math.abs(Math.sin((angle * Math.PI) / 180)) > 0.7;
}
