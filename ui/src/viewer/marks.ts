// The marks of a contract page by page, and which of them a point of a page hits.
import type { FindingView, RectView } from '../backend';
import type { GroupArrangement } from '../state/arrange';
import { holds, toBox } from './coordinates';

export interface PageMark {
  findingId: number;
  category: string;
  /** Place of the category's group, which decides the colour. */
  group: number;
  rect: RectView;
}

export type MarksByPage = Map<number, PageMark[]>;

/** Marks of everything found, and of the selected passage where it lies below the threshold. */
export function marksByPage(groups: GroupArrangement[], selected: FindingView | null): MarksByPage {
  const pages: MarksByPage = new Map();
  const add = (finding: FindingView, group: number) => {
    for (const { page, rect } of finding.marks) {
      const marks = pages.get(page) ?? [];
      marks.push({ findingId: finding.id, category: finding.category, group, rect });
      pages.set(page, marks);
    }
  };
  for (const { index, present, absent } of groups) {
    for (const { found } of present) for (const finding of found) add(finding, index);
    for (const { category } of absent) if (selected?.category === category.name) add(selected, index);
  }
  return pages;
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
