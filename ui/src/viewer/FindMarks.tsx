// The places found on a page. Each letter's place is measured on the text that lies over the picture.
import { useLayoutEffect, useState, type RefObject } from 'react';
import type { RectView } from '../backend';
import { toBox } from './coordinates';
import type { TextSpan } from './findText';
import type { PageViewport } from './pdf';
import { rectsOfSpan } from './textRects';

interface FindMarksProps {
  sheet: RefObject<HTMLDivElement | null>;
  /** The elements that show the pieces of the page's text. */
  pieces: HTMLElement[];
  spans: TextSpan[];
  /** Number of the current one, where it is on this page. */
  current: number | null;
  viewport: PageViewport;
}

export function FindMarks({ sheet, pieces, spans, current, viewport }: FindMarksProps) {
  const [lines, setLines] = useState<RectView[][]>([]);

  useLayoutEffect(() => {
    const node = sheet.current;
    // Places on the screen are known only when it is laid out.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    if (node) setLines(spans.map((span) => rectsOfSpan(pieces, span, node, viewport)));
    // Measured once: in PDF user space the places are the same at every zoom and turn.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [sheet, pieces, spans]);

  return (
    <div className="mark-layer" aria-hidden="true">
      {lines.flatMap((rects, index) =>
        rects.map((rect, line) => (
          <div
            key={`${index}-${line}`}
            className="find-mark"
            data-testid="find-mark"
            data-current={index === current}
            style={toBox(viewport, rect)}
          />
        )),
      )}
    </div>
  );
}
