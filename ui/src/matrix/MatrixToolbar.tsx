// Above the grid: what is shown of it, and what can be done with what is shown or selected.
import { useState } from 'react';
import type { MatrixView } from '../backend';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { counted } from '../shared/format';
import { NO_FILTER } from '../state/matrix';
import type { MatrixArrangement } from '../state/matrixOrder';
import { useActions, useApp } from '../state/react';
import { CategoryFilter } from './CategoryFilter';
import { ShelfDialog } from './ShelfDialog';
import { SortChoice } from './SortChoice';
import './MatrixToolbar.css';

export function MatrixToolbar({ view, shown }: { view: MatrixView; shown: MatrixArrangement }) {
  const filter = useApp(({ matrix }) => matrix.filter);
  const shelf = useApp(({ matrix }) => matrix.shelf);
  const busy = useApp(({ matrix }) => matrix.busy);
  const { changeMatrix, exportMatrix } = useActions();
  const [shelfOpen, setShelfOpen] = useState(false);
  const hidden = shelf.hiddenCategories.length + shelf.hiddenContracts.length;
  const isFiltered = filter.words !== '' || filter.cell !== null;
  const total = view.rows.length;
  return (
    <div className="matrix-toolbar" role="group" aria-label="What is shown">
      <label className="matrix-search">
        <Icon name="search" size={16} />
        <span className="visually-hidden">Filter the contracts by the names of their files</span>
        <input
          type="search"
          placeholder="Filter by file name"
          data-testid="matrix-filter"
          value={filter.words}
          onChange={(event) => changeMatrix({ filter: { ...filter, words: event.target.value } })}
        />
      </label>
      <CategoryFilter categories={view.categories} />
      <SortChoice categories={view.categories} />
      <p className="matrix-count" role="status" data-testid="matrix-count">
        {shown.rows.length === total
          ? counted(total, 'contract', 'contracts')
          : `${shown.rows.length.toLocaleString('en')} of ${counted(total, 'contract', 'contracts')}`}
      </p>
      {isFiltered && (
        <Button kind="quiet" testId="clear-matrix-filter" onClick={() => changeMatrix({ filter: NO_FILTER })}>
          Show all
        </Button>
      )}
      <div className="matrix-doings">
        <Button icon="columns" testId="matrix-shelf" onClick={() => setShelfOpen(true)}>
          {hidden > 0 ? `Show and hide (${hidden} hidden)` : 'Show and hide'}
        </Button>
        <Button
          icon="download"
          testId="export-matrix"
          disabled={busy || shown.rows.length === 0 || shown.columns.length === 0}
          title="A workbook (.xlsx) of the rows and columns that are shown, in their order"
          onClick={() =>
            void exportMatrix(
              shown.rows.map(({ sha256 }) => sha256),
              shown.columns.map(({ category }) => category),
            )
          }
        >
          Export
        </Button>
      </div>
      {shelfOpen && <ShelfDialog view={view} onClose={() => setShelfOpen(false)} />}
    </div>
  );
}
