// The marks on a page. They let the pointer through, so that text under them can be selected.
import { toBox } from './coordinates';
import type { PageMark } from './marks';
import type { PageViewport } from './pdf';
import './MarkLayer.css';

interface MarkLayerProps {
  page: number;
  viewport: PageViewport;
  marks: PageMark[];
  selected: number | null;
}

export function MarkLayer({ page, viewport, marks, selected }: MarkLayerProps) {
  return (
    <div className="mark-layer" aria-hidden="true">
      {marks.map(({ findingId, group, decision, rect, lane }, index) => (
        <div
          key={`${findingId}-${index}`}
          className="mark"
          data-testid="highlight"
          data-finding-id={findingId}
          data-page={page}
          data-group={group}
          data-decision={decision}
          data-lane={lane}
          data-selected={findingId === selected}
          style={toBox(viewport, rect)}
        />
      ))}
    </div>
  );
}
