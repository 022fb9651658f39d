// The marks of a contract page by page, and which of them a point of a page hits.
import type { DecisionView, FindingView, RectView } from '../backend';
import type { GroupArrangement } from '../state/arrange';
import { holds, toBox } from './coordinates';

export interface PageMark {
  findingId: number;
  category: string;
  /** Place of the category's group, which decides the colour. */
  group: number;
  decision: DecisionView;
  rect: RectView;
  /** Its line is drawn this many lines further down, where another mark's line would be under it. */
  lane: number;
}

export type MarksByPage = Map<number, PageMark[]>;

/** Lines drawn one below the other at most: more would reach into the next line of text. */
const LANES = 3;

/**
 * Marks of everything found, and of the selected passage where it lies below the threshold. What a person rejected is not
 * marked.
 */
export function marksByPage(groups: GroupArrangement[], selected: FindingView | null): MarksByPage {
  const pages: MarksByPage = new Map();
  const add = ({ id, category, review: { decision }, marks: places }: FindingView, group: number) => {
    if (decision === 'rejected') return;
    for (const { page, rect } of places) {
      const marks = pages.get(page) ?? [];
      marks.push({ findingId: id, category, group, decision, rect, lane: 0 });
      pages.set(page, marks);
    }
  };
  for (const { index, present, absent } of groups) {
    for (const { found } of present) for (const finding of found) add(finding, index);
    for (const { category } of absent) if (selected?.category === category.name) add(selected, index);
  }
  for (const marks of pages.values()) giveLanes(marks);
  return pages;
}

/** The longest marks keep their line in its place; those over them have theirs further down. */
function giveLanes(marks: PageMark[]): void {
  const length = ({ rect: [x0, y0, x1, y1] }: PageMark) => Math.max(x1 - x0, y1 - y0);
  const placed: PageMark[] = [];
  for (const mark of marks.toSorted((a, b) => length(b) - length(a))) {
    const taken = new Set(placed.filter(({ rect }) => overlap(rect, mark.rect)).map(({ lane }) => lane));
    while (taken.has(mark.lane) && mark.lane < LANES - 1) mark.lane += 1;
    placed.push(mark);
  }
}

/** Whether two rectangles share more than an edge. */
function overlap([ax0, ay0, ax1, ay1]: RectView, [bx0, by0, bx1, by1]: RectView): boolean {
  const least = 1;
  return Math.min(ax1, bx1) - Math.max(ax0, bx0) > least && Math.min(ay1, by1) - Math.max(ay0, by0) > least;
}

/** Clauses of a group that are marked on the pages. */
export function markedCount({ present }: GroupArrangement): number {
  const marked = ({ review }: FindingView) => review.decision !== 'rejected';
  return present.reduce((sum, { found }) => sum + found.filter(marked).length, 0);
}

/** The findings under a point, the smallest mark first. */
export function hitsAt(
  marks: PageMark[],
  viewport: Parameters<typeof toBox>[0],
  x: number,
  y: number,
): PageMark[] {
  const hits = marks
    .map((mark) => ({ mark, box: toBox(viewport, mark.rect) }))
    .filter(({ box }) => holds(box, x, y))
    .sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)
    .map(({ mark }) => mark);
  return hits.filter(
    (hit, index) => hits.findIndex(({ findingId }) => findingId === hit.findingId) === index,
  );
}

/** A click takes the first finding under it, and a further click at the same place the next one. */
export function pickHit(hits: PageMark[], selected: number | null): PageMark | null {
  const at = hits.findIndex(({ findingId }) => findingId === selected);
  return hits[(at + 1) % Math.max(hits.length, 1)] ?? null;
}
