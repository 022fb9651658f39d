// The row under the pointer: a band through it and, beside the names, what can be done with it.
import type { RefObject } from 'react';
import { Mark } from './Mark';
import { ROW } from './measures';
import { usePointed } from './usePointed';

interface HoveredRowProps {
  scroller: RefObject<HTMLDivElement | null>;
  /** The first row that may be here, and the one behind the last. */
  from: number;
  end: number;
  /** Given where the names are. */
  pinned?: boolean;
}

export function HoveredRow({ scroller, from, end, pinned }: HoveredRowProps) {
  const pointed = usePointed(scroller);
  if (!pointed || pointed.row < from || pointed.row >= end) return null;
  const top = (pointed.row - from) * ROW;
  return (
    <>
      <div className="matrix-hovered" style={{ top }} />
      {pinned !== undefined && pointed.column === -1 && (
        <span className="matrix-tools" data-at={`${pointed.row}:-1`} style={{ top: top + 4 }}>
          <Mark
            act="pin"
            icon="pin"
            on={pinned}
            title={pinned ? 'Take the pin out (p)' : 'Keep in view (p)'}
          />
          <Mark act="hide" icon="hide" title="Hide this contract (h)" />
          <Mark act="select" icon="check" title="Select the row (Space)" />
        </span>
      )}
    </>
  );
}
