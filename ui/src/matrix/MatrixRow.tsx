// A contract in the matrix: its name and figures, and the cells that stay in place beside them.
import { memo } from 'react';
import { Icon } from '../shared/Icon';
import { Cells, cellsId, type RowOfCells } from './CellsRow';
import { describeContract, openedWords, reviewedWords } from './cellWords';
import { fitted } from './fitText';
import { nameRoom } from './measures';

interface MatrixRowProps extends RowOfCells {
  pinned: boolean;
  nameWidth: number;
  /** Categories that are shown, to tell whether all are selected. */
  shown: number;
}

export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { row, at, top, nameWidth, pinned, selected, focused, shown } = props;
  const categories = row.cells.length;
  return (
    <div
      role="row"
      className="matrix-row"
      aria-rowindex={at + 2}
      aria-owns={cellsId(at)}
      data-testid="matrix-row"
      data-read={row.isRead}
      style={{ top }}
    >
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
        <span className="matrix-file">
          {fitted(row.fileName.replace(/\.pdf$/i, ''), nameRoom(nameWidth, pinned))}
        </span>
        {pinned && (
          <span className="matrix-pin">
            <Icon name="pin" size={13} />
          </span>
        )}
        <span className="matrix-opened">{openedWords(row)}</span>
        <span className="matrix-pages">{row.pages}</span>
        <span
          className="matrix-reviewed"
          style={{ backgroundSize: `${(row.reviewed / Math.max(1, categories)) * 68}px 2px, 68px 2px` }}
        >
          {reviewedWords(row, categories)}
        </span>
      </div>
      <Cells {...props} />
    </div>
  );
});
