// Draws a page on a canvas when its turn comes. The old drawing stays, stretched, until the new one is there.
import { useEffect, useState, type RefObject } from 'react';
import { AnnotationMode, type PDFPageProxy, type RenderTask } from './pdf';
import type { RenderQueue } from './renderQueue';

/** Pixels of one canvas at most, so that a large zoom does not exhaust the memory. */
const MAX_PIXELS = 16_000_000;

/** Returns the scale at which the page is drawn, or null while it is not. */
export function usePageCanvas(
  holder: RefObject<HTMLDivElement | null>,
  page: PDFPageProxy | null,
  scale: number,
  queue: RenderQueue,
): number | null {
  const [drawn, setDrawn] = useState<number | null>(null);

  useEffect(() => {
    if (!page) return undefined;
    let task: RenderTask | null = null;
    let stopped = false;
    const canvas = document.createElement('canvas');
    const leaveQueue = queue.add(page.pageNumber - 1, async () => {
      const viewport = page.getViewport({ scale });
      const pixels = viewport.width * viewport.height;
      const ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(MAX_PIXELS / pixels));
      canvas.width = Math.max(1, Math.floor(viewport.width * ratio));
      canvas.height = Math.max(1, Math.floor(viewport.height * ratio));
      task = page.render({
        canvas,
        viewport,
        transform: [ratio, 0, 0, ratio, 0, 0],
        // Annotations of the file are painted, but nothing in them can be clicked.
        annotationMode: AnnotationMode.ENABLE,
      });
      await task.promise;
      if (stopped) return;
      release(holder.current);
      holder.current?.replaceChildren(canvas);
      setDrawn(scale);
    });
    return () => {
      stopped = true;
      leaveQueue();
      task?.cancel();
    };
  }, [holder, page, scale, queue]);

  // WebKit gives a canvas's memory back at once only when it is made empty.
  useEffect(() => {
    const node = holder.current;
    return () => release(node);
  }, [holder]);

  return drawn;
}

function release(holder: HTMLDivElement | null): void {
  for (const canvas of holder?.querySelectorAll('canvas') ?? []) {
    canvas.width = 0;
    canvas.height = 0;
  }
}
