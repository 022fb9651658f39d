// Lays the page's text, invisible and selectable, over its picture. It scales by itself with `--total-scale-factor`.
import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import type { Turn } from './coordinates';
import { TextLayer, viewportOf, type PDFPageProxy } from './pdf';

/** Returns the elements of the pieces of text, or null until they are all there. */
export function useTextLayer(
  holder: RefObject<HTMLDivElement | null>,
  page: PDFPageProxy | null,
  turn: Turn,
): HTMLElement[] | null {
  const [layer, setLayer] = useState<TextLayer | null>(null);

  useEffect(() => {
    const container = holder.current;
    if (!page || !container) return undefined;
    let stopped = false;
    const begun = new TextLayer({
      textContentSource: page.streamTextContent({ includeMarkedContent: false }),
      container,
      viewport: viewportOf(page, 1, 0),
    });
    begun.render().then(
      () => {
        if (stopped) return;
        const end = document.createElement('div');
        end.className = 'endOfContent';
        container.append(end);
        setLayer(begun);
      },
      () => undefined,
    );
    return () => {
      stopped = true;
      begun.cancel();
      container.replaceChildren();
      setLayer(null);
    };
  }, [holder, page]);

  useLayoutEffect(() => {
    if (page) layer?.update({ viewport: viewportOf(page, 1, turn) });
  }, [layer, page, turn]);

  return layer?.textDivs ?? null;
}
