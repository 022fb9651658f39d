// The matrix as it is shown: filtered, sorted, and what is pinned first.
import { useMemo } from 'react';
import type { GroupView, MatrixView } from '../backend';
import { arrangeColumns, arrangeRows, type MatrixArrangement } from '../state/matrixOrder';
import { useApp } from '../state/react';

const NO_GROUPS: GroupView[] = [];

export function useArranged(view: MatrixView): MatrixArrangement {
  const groups = useApp(({ info }) => info?.groups ?? NO_GROUPS);
  const sort = useApp(({ matrix }) => matrix.sort);
  const filter = useApp(({ matrix }) => matrix.filter);
  const shelf = useApp(({ matrix }) => matrix.shelf);
  const columns = useMemo(() => arrangeColumns(view, groups, shelf), [view, groups, shelf]);
  const rows = useMemo(() => arrangeRows(view, { filter, sort, shelf }), [view, filter, sort, shelf]);
  return useMemo(() => {
    const known = new Set(view.rows.map(({ sha256 }) => sha256));
    const pinnedRows = shelf.pinnedContracts.filter((sha256) => known.has(sha256)).length;
    const pinnedColumns = shelf.pinnedCategories.filter((name) => view.categories.includes(name)).length;
    return { columns, rows, pinnedColumns, pinnedRows };
  }, [view, columns, rows, shelf]);
}
