// The only place where PDF user space becomes pixels of a page as it is shown.
import type { PageViewport } from 'pdfjs-dist';
import type { PageView, RectView } from '../backend';

/** Pixels from the top left of the page as it is shown. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A rectangle of the page in pixels: rotation, crop box and scale are in the viewport. */
export function toBox(viewport: Pick<PageViewport, 'convertToViewportRectangle'>, rect: RectView): Box {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = viewport.convertToViewportRectangle(rect) as number[];
  return {
    left: Math.min(x0, x1),
    top: Math.min(y0, y1),
    width: Math.abs(x1 - x0),
    height: Math.abs(y1 - y0),
  };
}

/** Width and height in points of a page as it is shown. */
export function shownSize({ crop: [x0, y0, x1, y1], rotation }: PageView): { width: number; height: number } {
  const width = Math.abs(x1 - x0);
  const height = Math.abs(y1 - y0);
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Whether a point lies in a box, or within a pixel of it. */
export function holds({ left, top, width, height }: Box, x: number, y: number): boolean {
  return x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1;
}
