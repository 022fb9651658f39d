// The groups' names over their columns. A name stays in view as long as one of its columns is.
import { memo } from 'react';
import type { MatrixColumn } from '../state/matrixOrder';
import { COLUMN } from './measures';

interface GroupBandProps {
  columns: MatrixColumn[];
  pinnedColumns: number;
  nameWidth: number;
  /** What stays in place at the left, in pixels. */
  kept: number;
}

/** For the eye: each column's own name says its group too. */
export const GroupBand = memo(function GroupBand({
  columns,
  pinnedColumns,
  nameWidth,
  kept,
}: GroupBandProps) {
  return (
    <div className="matrix-band" aria-hidden="true">
      {runs(columns.slice(pinnedColumns)).map(({ group, title, start, count }) => (
        <div
          key={start}
          className="matrix-group"
          data-group={Math.min(group, 7)}
          style={{ left: nameWidth + (pinnedColumns + start) * COLUMN, width: count * COLUMN }}
        >
          <span style={{ left: kept }}>{title}</span>
        </div>
      ))}
      <div className="matrix-kept" style={{ width: kept }}>
        {pinnedColumns > 0 && <span style={{ marginLeft: nameWidth }}>Pinned</span>}
      </div>
    </div>
  );
});

interface Run {
  group: number;
  title: string;
  start: number;
  count: number;
}

function runs(columns: MatrixColumn[]): Run[] {
  const found: Run[] = [];
  columns.forEach(({ group, groupTitle }, start) => {
    const last = found.at(-1);
    if (last?.group === group) last.count += 1;
    else found.push({ group, title: groupTitle, start, count: 1 });
  });
  return found;
}
