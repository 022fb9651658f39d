// Lays the page's text, invisible and selectable, over its picture. It scales by itself with `--total-scale-factor`.
import { useEffect, useState, type RefObject } from 'react';
import { TextLayer, type PDFPageProxy } from './pdf';

/** Returns whether the text is there. */
export function useTextLayer(holder: RefObject<HTMLDivElement | null>, page: PDFPageProxy | null): boolean {
  const [ready, setReady] = useState(false);

  useEffect(() => {
    const container = holder.current;
    if (!page || !container) return undefined;
    let stopped = false;
    const layer = new TextLayer({
      textContentSource: page.streamTextContent({ includeMarkedContent: false }),
      container,
      viewport: page.getViewport({ scale: 1 }),
    });
    layer.render().then(
      () => {
        if (stopped) return;
        const end = document.createElement('div');
        end.className = 'endOfContent';
        container.append(end);
        setReady(true);
      },
      () => undefined,
    );
    return () => {
      stopped = true;
      layer.cancel();
      container.replaceChildren();
    };
  }, [holder, page]);

  return ready;
}
