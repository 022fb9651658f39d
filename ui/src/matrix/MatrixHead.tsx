// The head of the grid: groups in their colours, categories, and how the contracts are sorted.
import { memo } from 'react';
import type { MatrixSort, SortBy } from '../state/matrixOrder';
import { COLUMN } from './measures';
import { Mark } from './Mark';
import type { DrawnColumn } from './useDrawn';

interface MatrixHeadProps {
  columns: DrawnColumn[];
  nameWidth: number;
  withDate: boolean;
  /** The column that has the focus, or null. */
  focused: number | null;
  sort: MatrixSort;
}

export const MatrixHead = memo(function MatrixHead({ columns, focused, sort, ...names }: MatrixHeadProps) {
  return (
    <div role="row" className="matrix-head-row" aria-rowindex={1}>
      <NamesHead {...names} sort={sort} focused={focused === -1} />
      {columns.map((column) => (
        <ColumnHead
          key={column.category}
          column={column}
          focused={focused === column.at}
          sorted={sort.by === 'category' && sort.category === column.category ? sort : null}
        />
      ))}
    </div>
  );
});

function NamesHead({
  nameWidth,
  withDate,
  sort,
  focused,
}: {
  nameWidth: number;
  withDate: boolean;
  sort: MatrixSort;
  focused: boolean;
}) {
  const label = (by: SortBy, text: string, place: string) => (
    <span
      className={`matrix-sort ${place}`}
      data-sort={by}
      data-direction={sort.by === by ? direction(sort) : undefined}
      title={`Sort by ${text.toLowerCase()}`}
    >
      {text}
    </span>
  );
  return (
    <div
      role="columnheader"
      className="matrix-name matrix-corner"
      aria-label="Contract"
      aria-colindex={1}
      aria-sort={sort.by === 'name' ? direction(sort) : undefined}
      tabIndex={focused ? 0 : -1}
      data-at="-1:-1"
      style={{ width: nameWidth }}
    >
      {label('name', 'Contract', 'matrix-file')}
      {withDate && label('opened', 'Opened', 'matrix-opened')}
      {label('pages', 'Pages', 'matrix-pages')}
      {label('reviewed', 'Reviewed', 'matrix-reviewed')}
    </div>
  );
}

interface ColumnHeadProps {
  column: DrawnColumn;
  focused: boolean;
  /** How the contracts are sorted, if by this column. */
  sorted: MatrixSort | null;
}

function ColumnHead({ column, focused, sorted }: ColumnHeadProps) {
  const { category, at, left, group, groupTitle, pinned, stays } = column;
  return (
    <div
      role="columnheader"
      className="matrix-column"
      aria-label={`${category}, ${groupTitle}`}
      aria-colindex={at + 2}
      aria-sort={sorted ? direction(sorted) : undefined}
      tabIndex={focused ? 0 : -1}
      data-at={`-1:${at}`}
      data-group={Math.min(group, 7)}
      data-stays={stays}
      data-direction={sorted ? direction(sorted) : undefined}
      style={{ left, width: COLUMN }}
    >
      <span className="matrix-category">{category}</span>
      <span className="matrix-tools">
        <Mark act="pin" icon="pin" on={pinned} title={pinned ? 'Take the pin out (p)' : 'Keep in view (p)'} />
        <Mark act="hide" icon="hide" title="Hide this category (h)" />
        <Mark act="select" icon="check" title="Select the column (Space)" />
      </span>
    </div>
  );
}

function direction({ descending }: MatrixSort): 'ascending' | 'descending' {
  return descending ? 'descending' : 'ascending';
}
