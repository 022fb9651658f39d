// Narrows the list to words, to the categories that were found, or to what a second model did not confirm.
import { Icon } from '../shared/Icon';
import { useActions, useApp } from '../state/react';
import './FilterBar.css';

export function FilterBar({ checked }: { checked: boolean }) {
  const filter = useApp((state) => state.filter);
  const foundOnly = useApp((state) => state.foundOnly);
  const doubtfulOnly = useApp((state) => state.doubtfulOnly);
  const { setFilter, setFoundOnly, setDoubtfulOnly } = useActions();
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
      {checked && (
        <label className="filter-found">
          <input
            type="checkbox"
            data-testid="doubtful-only"
            checked={doubtfulOnly}
            onChange={(event) => setDoubtfulOnly(event.target.checked)}
          />
          Only unconfirmed
        </label>
      )}
    </div>
  );
}
