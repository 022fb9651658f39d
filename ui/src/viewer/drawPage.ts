// Draws a page on a canvas.
import type { Turn } from './coordinates';
import { AnnotationMode, viewportOf, type PDFPageProxy, type RenderTask } from './pdf';

/** Pixels of one canvas at most, so that a large zoom does not exhaust the memory. */
const MAX_PIXELS = 16_000_000;

export function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  { scale, turn }: { scale: number; turn: Turn },
): RenderTask {
  const viewport = viewportOf(page, scale, turn);
  const pixels = viewport.width * viewport.height;
  const ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(MAX_PIXELS / pixels));
  canvas.width = Math.max(1, Math.floor(viewport.width * ratio));
  canvas.height = Math.max(1, Math.floor(viewport.height * ratio));
  return page.render({
    canvas,
    viewport,
    transform: [ratio, 0, 0, ratio, 0, 0],
    // Annotations of the file are painted, but nothing in them can be clicked.
    annotationMode: AnnotationMode.ENABLE,
  });
}

/** WebKit gives a canvas's memory back at once only when it is made empty. */
export function releaseCanvases(holder: HTMLElement | null): void {
  for (const canvas of holder?.querySelectorAll('canvas') ?? []) {
    canvas.width = 0;
    canvas.height = 0;
  }
}
