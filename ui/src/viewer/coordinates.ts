// The only place where PDF user space becomes pixels of a page as it is shown, and pixels PDF user space.
import type { PageViewport } from 'pdfjs-dist';
import type { PageView, RectView } from '../backend';

/** Pixels from the top left of the page as it is shown. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Degrees clockwise by which the person has turned the pages, beside what the file says. */
export type Turn = 0 | 90 | 180 | 270;

/** A rectangle of the page in pixels: rotation, crop box and scale are in the viewport. */
export function toBox(viewport: Pick<PageViewport, 'convertToViewportPoint'>, rect: RectView): Box {
  const [x0 = 0, y0 = 0] = viewport.convertToViewportPoint(rect[0], rect[1]) as number[];
  const [x1 = 0, y1 = 0] = viewport.convertToViewportPoint(rect[2], rect[3]) as number[];
  return {
    left: Math.min(x0, x1),
    top: Math.min(y0, y1),
    width: Math.abs(x1 - x0),
    height: Math.abs(y1 - y0),
  };
}

/** The rectangle in PDF user space that a box of the page covers. */
export function toUser(
  viewport: Pick<PageViewport, 'convertToPdfPoint'>,
  { left, top, width, height }: Box,
): RectView {
  const [ax = 0, ay = 0] = viewport.convertToPdfPoint(left, top) as number[];
  const [bx = 0, by = 0] = viewport.convertToPdfPoint(left + width, top + height) as number[];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** Width and height in points of a page as it is shown. */
export function shownSize({ crop: [x0, y0, x1, y1], rotation }: PageView): { width: number; height: number } {
  const width = Math.abs(x1 - x0);
  const height = Math.abs(y1 - y0);
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Where a rectangle lies on the page as it is shown, in shares of its width and height: told without pdf.js. */
export function toShare({ crop, rotation }: PageView, turn: Turn, rect: RectView): Box {
  const [cx0, cy0, cx1, cy1] = crop;
  const point = (x: number, y: number) =>
    turnPoint((x - cx0) / (cx1 - cx0), (cy1 - y) / (cy1 - cy0), rotation + turn);
  const [au, av] = point(rect[0], rect[1]);
  const [bu, bv] = point(rect[2], rect[3]);
  return {
    left: Math.min(au, bu),
    top: Math.min(av, bv),
    width: Math.abs(bu - au),
    height: Math.abs(bv - av),
  };
}

/** A point of a page, in shares, after the page was turned clockwise. */
export function turnPoint(u: number, v: number, degrees: number): [number, number] {
  const quarters = (((degrees / 90) % 4) + 4) % 4;
  return quarters === 0 ? [u, v] : turnPoint(1 - v, u, (quarters - 1) * 90);
}

/** A piece of text as pdf.js tells it: where it begins and in which direction it runs. */
export interface TextPlace {
  transform: number[];
  width: number;
  height: number;
}

/** About where the part of a piece of text between two shares of its length stands, in PDF user space. */
export function partOfText({ transform, width, height }: TextPlace, from: number, to: number): RectView {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = transform;
  const along = Math.hypot(a, b) || 1;
  const up = Math.hypot(c, d) || 1;
  const corner = (share: number, rise: number): [number, number] => [
    x + (a / along) * width * share + (c / up) * height * rise,
    y + (b / along) * width * share + (d / up) * height * rise,
  ];
  const [ax, ay] = corner(from, -0.2);
  const [bx, by] = corner(to, 0.8);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** Whether a point lies in a box, or within a pixel of it. */
export function holds({ left, top, width, height }: Box, x: number, y: number): boolean {
  return x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1;
}
