// A line under what is selected on a page, which stays when the focus goes to a field that will use it.
import type { RectView } from '../backend';
import { toBox } from './coordinates';
import type { PageViewport } from './pdf';

export function SelectionMarks({ rects, viewport }: { rects: RectView[]; viewport: PageViewport }) {
  return (
    <div className="mark-layer" aria-hidden="true">
      {rects.map((rect) => (
        <div
          key={rect.join(' ')}
          className="selection-mark"
          data-testid="selection-mark"
          data-rect={rect.join(' ')}
          style={toBox(viewport, rect)}
        />
      ))}
    </div>
  );
}
