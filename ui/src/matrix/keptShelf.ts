// What is pinned and hidden in the matrix, kept between starts.
import { useEffect } from 'react';
import { CLOSED_MATRIX, MOST_PINNED } from '../state/matrix';
import type { MatrixShelf } from '../state/matrixOrder';
import { useActions, useApp } from '../state/react';

const KEPT = 'proviso-matrix-shelf';

export function useKeptShelf(): void {
  const shelf = useApp(({ matrix }) => matrix.shelf);
  const { changeMatrix } = useActions();
  useEffect(() => {
    const kept = readShelf(localStorage.getItem(KEPT));
    if (kept) changeMatrix({ shelf: kept });
  }, [changeMatrix]);
  useEffect(() => {
    // The one of the start says nothing: what was kept is about to take its place.
    if (shelf !== CLOSED_MATRIX.shelf) localStorage.setItem(KEPT, JSON.stringify(shelf));
  }, [shelf]);
}

/** What was kept, or null where that is nothing that can be understood. */
export function readShelf(text: string | null): MatrixShelf | null {
  let kept: Partial<Record<keyof MatrixShelf, unknown>>;
  try {
    kept = (JSON.parse(text ?? 'null') ?? {}) as typeof kept;
  } catch {
    return null;
  }
  const names = (value: unknown, most = Infinity) =>
    Array.isArray(value) ? value.filter((name) => typeof name === 'string').slice(0, most) : null;
  const pinnedContracts = names(kept.pinnedContracts, MOST_PINNED.contracts);
  const pinnedCategories = names(kept.pinnedCategories, MOST_PINNED.categories);
  const hiddenContracts = names(kept.hiddenContracts);
  const hiddenCategories = names(kept.hiddenCategories);
  return pinnedContracts && pinnedCategories && hiddenContracts && hiddenCategories
    ? { pinnedContracts, pinnedCategories, hiddenContracts, hiddenCategories }
    : null;
}
