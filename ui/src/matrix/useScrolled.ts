// What of the grid is in view. It answers anew only when other rows or columns are to be drawn.
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react';
import { drawn, HEAD, nameWidth, pinsInPlace, COLUMN, ROW, type Drawn } from './measures';

export interface Frame {
  /** Of the whole view. */
  width: number;
  height: number;
}

interface Count {
  rows: number;
  columns: number;
  pinnedRows: number;
  pinnedColumns: number;
}

const NOTHING: Drawn = { rows: [0, 0], columns: [0, 0] };

export function useScrolled(scroller: RefObject<HTMLDivElement | null>, count: Count) {
  const [frame, setFrame] = useState<Frame>({ width: 0, height: 0 });
  const [range, setRange] = useState(NOTHING);
  const { rows, columns, pinnedRows, pinnedColumns } = count;

  const look = useCallback(() => {
    const node = scroller.current;
    if (!node) return;
    const { clientWidth: width, clientHeight: height } = node;
    const inPlace = pinsInPlace(width, pinnedColumns);
    const next = drawn(
      {
        top: node.scrollTop,
        // Pinned columns that do not stay in place scroll away before the others.
        left: node.scrollLeft - (pinnedColumns - inPlace) * COLUMN,
        height: height - HEAD - pinnedRows * ROW,
        width: width - nameWidth(width) - inPlace * COLUMN,
      },
      { rows: rows - pinnedRows, columns: columns - pinnedColumns },
    );
    setRange((before) => (isSame(before, next) ? before : next));
    setFrame((before) => (before.width === width && before.height === height ? before : { width, height }));
  }, [scroller, rows, columns, pinnedRows, pinnedColumns]);

  useLayoutEffect(() => {
    const node = scroller.current;
    if (!node) return undefined;
    // It looks once at the start, too.
    const observer = new ResizeObserver(look);
    observer.observe(node);
    node.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      node.removeEventListener('scroll', look);
    };
  }, [scroller, look]);

  return { frame, range };
}

function isSame(a: Drawn, b: Drawn): boolean {
  return [0, 1].every((at) => a.rows[at] === b.rows[at] && a.columns[at] === b.columns[at]);
}
