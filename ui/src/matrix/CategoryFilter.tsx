// Narrows the contracts to those that have a category, lack it, or wait for a decision about it.
import type { CellFilter } from '../state/matrixOrder';
import { useActions, useApp } from '../state/react';

const CHOICES: { value: CellFilter; text: string }[] = [
  { value: 'has', text: 'With' },
  { value: 'lacks', text: 'Without' },
  { value: 'unreviewed', text: 'To review:' },
];

export function CategoryFilter({ categories }: { categories: string[] }) {
  const filter = useApp(({ matrix }) => matrix.filter);
  const { changeMatrix } = useActions();
  return (
    <div className="matrix-choice" role="group" aria-label="Filter the contracts by a category">
      <select
        aria-label="What a contract has to be"
        data-testid="matrix-cell-filter"
        value={filter.cell ?? ''}
        onChange={({ target }) =>
          changeMatrix({ filter: { ...filter, cell: (target.value || null) as CellFilter | null } })
        }
      >
        <option value="">All contracts</option>
        {CHOICES.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <select
        aria-label="Category"
        data-testid="matrix-category-filter"
        value={filter.category ?? ''}
        onChange={({ target }) =>
          changeMatrix({
            // Who names a category wants to see the contracts that have it, unless something else was said.
            filter: { ...filter, category: target.value || null, cell: filter.cell ?? 'has' },
          })
        }
      >
        <option value="">any category</option>
        {categories.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  );
}
