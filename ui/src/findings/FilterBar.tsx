// Narrows the list to words, or to the categories that were found.
import { Icon } from '../shared/Icon';
import { useActions, useApp } from '../state/react';
import './FilterBar.css';

export function FilterBar() {
  const filter = useApp((state) => state.filter);
  const foundOnly = useApp((state) => state.foundOnly);
  const { setFilter, setFoundOnly } = useActions();
  return (
    <div className="filter-bar">
      <label className="filter-words">
        <Icon name="search" size={16} />
        <span className="visually-hidden">Filter the clauses by words</span>
        <input
          type="search"
          placeholder="Filter by words or category"
          data-testid="filter"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('');
          }}
        />
      </label>
      <label className="filter-found">
        <input
          type="checkbox"
          data-testid="found-only"
          checked={foundOnly}
          onChange={(event) => setFoundOnly(event.target.checked)}
        />
        Found only
      </label>
    </div>
  );
}
