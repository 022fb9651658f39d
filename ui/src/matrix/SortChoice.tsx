// The order of the contracts, for those who do not press the heads of the columns.
import { Icon } from '../shared/Icon';
import type { SortBy } from '../state/matrixOrder';
import { useActions, useApp } from '../state/react';

const CHOICES: { by: Exclude<SortBy, 'category'>; text: string }[] = [
  { by: 'opened', text: 'Last opened' },
  { by: 'name', text: 'File name' },
  { by: 'pages', text: 'Pages' },
  { by: 'reviewed', text: 'Review progress' },
];

/** Tells a category apart from the columns beside the names. */
const CATEGORY = 'category ';

export function SortChoice({ categories }: { categories: string[] }) {
  const sort = useApp(({ matrix }) => matrix.sort);
  const { sortMatrix } = useActions();
  const choose = (value: string) =>
    value.startsWith(CATEGORY)
      ? sortMatrix('category', value.slice(CATEGORY.length))
      : sortMatrix(value as SortBy);
  const turned = sort.descending ? 'Descending' : 'Ascending';
  return (
    <div className="matrix-choice" role="group" aria-label="Sort the contracts">
      <select
        aria-label="Sort by"
        data-testid="matrix-sort"
        value={sort.category === null ? sort.by : CATEGORY + sort.category}
        onChange={({ target }) => choose(target.value)}
      >
        {CHOICES.map(({ by, text }) => (
          <option key={by} value={by}>
            {text}
          </option>
        ))}
        <optgroup label="Answer about">
          {categories.map((name) => (
            <option key={name} value={CATEGORY + name}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
      <button
        type="button"
        className="matrix-turn"
        data-testid="matrix-turn"
        data-descending={sort.descending}
        aria-label={`${turned}: turn the order round`}
        title={`${turned}: turn the order round`}
        onClick={() => sortMatrix(sort.by, sort.category ?? undefined)}
      >
        <Icon name="up" size={16} />
      </button>
    </div>
  );
}
