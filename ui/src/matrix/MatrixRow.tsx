// A contract in the matrix: its name and figures, and those of its cells that are in view.
import { memo } from 'react';
import type { MatrixRowView } from '../backend';
import { Icon } from '../shared/Icon';
import type { MatrixColumn } from '../state/matrixOrder';
import { describeContract, openedWords, reviewedWords } from './cellWords';
import { MatrixCell } from './MatrixCell';
import { Mark } from './Mark';

/** A column that is drawn. */
export interface DrawnColumn extends MatrixColumn {
  /** Its place among all columns that are shown. */
  at: number;
  left: number;
  pinned: boolean;
  /** It stays in place while the others scroll, as the last one that does. */
  stays: 'yes' | 'last' | undefined;
}

/** The line below the figures of the review, in pixels. */
const LINE = 68;

interface MatrixRowProps {
  row: MatrixRowView;
  at: number;
  /** Where it stands; undefined for a pinned one. */
  top: number | undefined;
  columns: DrawnColumn[];
  nameWidth: number;
  focused: number | null;
  selected: ReadonlySet<string> | undefined;
  /** Categories that are shown, to tell whether all are selected. */
  shown: number;
}

export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { row, at, top, columns, focused, selected } = props;
  return (
    <div
      role="row"
      className="matrix-row"
      aria-rowindex={at + 2}
      data-testid="matrix-row"
      data-read={row.isRead}
      data-pinned={top === undefined || undefined}
      style={{ top }}
    >
      <RowHead {...props} />
      {columns.map(({ category, cell, at: column, left, stays }) => {
        const view = row.cells[cell];
        if (!view) return null;
        return (
          <MatrixCell
            key={category}
            cell={view}
            row={at}
            column={column}
            left={left}
            stays={stays}
            focused={focused === column}
            selected={selected?.has(category) ?? false}
          />
        );
      })}
    </div>
  );
});

function RowHead({ row, at, top, nameWidth, focused, selected, shown }: MatrixRowProps) {
  const categories = row.cells.length;
  const isPinned = top === undefined;
  return (
    <div
      role="rowheader"
      className="matrix-name"
      aria-label={describeContract(row, categories)}
      aria-colindex={1}
      aria-selected={selected !== undefined && selected.size >= shown}
      tabIndex={focused === -1 ? 0 : -1}
      data-at={`${at}:-1`}
      style={{ width: nameWidth }}
    >
      <span className="matrix-file">{row.fileName.replace(/\.pdf$/i, '')}</span>
      <span className="matrix-tools">
        <Mark
          act="pin"
          icon="pin"
          on={isPinned}
          title={isPinned ? 'Take the pin out (p)' : 'Keep in view (p)'}
        />
        <Mark act="hide" icon="hide" title="Hide this contract (h)" />
        <Mark act="select" icon="check" title="Select the row (Space)" />
      </span>
      {isPinned && (
        <span className="matrix-pin">
          <Icon name="pin" size={13} />
        </span>
      )}
      <span className="matrix-opened">{openedWords(row)}</span>
      <span className="matrix-pages">{row.pages}</span>
      <span className="matrix-reviewed">
        {reviewedWords(row, categories)}
        {row.isRead && <i style={{ width: (row.reviewed / Math.max(1, categories)) * LINE }} />}
      </span>
    </div>
  );
}
