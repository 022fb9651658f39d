// Where every page lies in the long column that is scrolled.

export interface Size {
  width: number;
  height: number;
}

export interface PageLayout {
  /** Pixels for a point. */
  scale: number;
  tops: number[];
  sizes: Size[];
  height: number;
  width: number;
}

export const GAP = 14;
export const PADDING = 18;
/** Pixels for a point at 100 %. */
export const ACTUAL_SIZE = 96 / 72;
export const MIN_ZOOM = 0.25;
export const MAX_ZOOM = 5;

/** Stacks pages of the given sizes in points. */
export function stack(pages: Size[], scale: number): PageLayout {
  let top = PADDING;
  const tops: number[] = [];
  const sizes: Size[] = [];
  for (const page of pages) {
    const size = { width: Math.floor(page.width * scale), height: Math.floor(page.height * scale) };
    tops.push(top);
    sizes.push(size);
    top += size.height + GAP;
  }
  const width = sizes.reduce((widest, size) => Math.max(widest, size.width), 0) + 2 * PADDING;
  return { scale, tops, sizes, height: top - (pages.length > 0 ? GAP : 0) + PADDING, width };
}

/** How far from the column's left edge a page lies that is centred in it. */
export function leftOf(layout: PageLayout, page: number, viewWidth: number): number {
  return (Math.max(viewWidth, layout.width) - (layout.sizes[page]?.width ?? 0)) / 2;
}

/** Index of the page at a height of the column; a gap belongs to the page above it. */
export function pageAt({ tops }: PageLayout, y: number): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

/** First and last page to keep: those in view and `margin` on either side. */
export function keptPages(
  layout: PageLayout,
  scrollTop: number,
  viewHeight: number,
  margin: number,
): [number, number] {
  const first = Math.max(0, pageAt(layout, scrollTop) - margin);
  const last = Math.min(layout.tops.length - 1, pageAt(layout, scrollTop + viewHeight) + margin);
  return [first, last];
}

/** The size of page that the contract has most of. */
export function commonSize(pages: Size[]): Size {
  const counts = new Map<string, { size: Size; count: number }>();
  for (const size of pages) {
    const name = `${Math.round(size.width)} ${Math.round(size.height)}`;
    const entry = counts.get(name) ?? { size, count: 0 };
    entry.count += 1;
    counts.set(name, entry);
  }
  const [first] = [...counts.values()].sort((a, b) => b.count - a.count || b.size.width - a.size.width);
  return first?.size ?? { width: 612, height: 792 };
}

/** The scale at which the commonest page fills the view's width; wider pages are scrolled sideways. */
export function fitScale(pages: Size[], viewWidth: number): number {
  return withinReason((viewWidth - 2 * PADDING) / Math.max(commonSize(pages).width, 1));
}

/** The scale at which the commonest page is seen as a whole. */
export function wholeScale(pages: Size[], view: Size): number {
  const { height } = commonSize(pages);
  return Math.min(fitScale(pages, view.width), withinReason((view.height - 2 * GAP) / Math.max(height, 1)));
}

function withinReason(scale: number): number {
  return Math.min(Math.max(scale, MIN_ZOOM * ACTUAL_SIZE), 2.2 * ACTUAL_SIZE);
}

const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];

/** The next zoom step up or down from a zoom between the steps. */
export function stepZoom(zoom: number, by: 1 | -1): number {
  const beyond =
    by === 1 ? STEPS.find((step) => step > zoom + 0.01) : STEPS.findLast((step) => step < zoom - 0.01);
  return beyond ?? (by === 1 ? MAX_ZOOM : MIN_ZOOM);
}
