// Draws a page when its turn comes. The old drawing stays, stretched, until the new one is there.
import { useEffect, useState, type RefObject } from 'react';
import type { Turn } from './coordinates';
import { drawPage, releaseCanvases } from './drawPage';
import type { PDFPageProxy, RenderTask } from './pdf';
import type { RenderQueue } from './renderQueue';

/** How a page was drawn. */
export interface Drawn {
  scale: number;
  turn: Turn;
}

/** Returns how the page is drawn, or null while it is not. */
export function usePageCanvas(
  holder: RefObject<HTMLDivElement | null>,
  page: PDFPageProxy | null,
  scale: number,
  turn: Turn,
  queue: RenderQueue,
): Drawn | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null);

  useEffect(() => {
    if (!page) return undefined;
    let task: RenderTask | null = null;
    let stopped = false;
    const canvas = document.createElement('canvas');
    const leaveQueue = queue.add(page.pageNumber - 1, async () => {
      task = drawPage(page, canvas, { scale, turn });
      await task.promise;
      if (stopped) return;
      releaseCanvases(holder.current);
      holder.current?.replaceChildren(canvas);
      setDrawn({ scale, turn });
    });
    return () => {
      stopped = true;
      leaveQueue();
      task?.cancel();
    };
  }, [holder, page, scale, turn, queue]);

  useEffect(() => {
    const node = holder.current;
    return () => releaseCanvases(node);
  }, [holder]);

  return drawn;
}
