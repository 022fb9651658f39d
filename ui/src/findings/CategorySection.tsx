// One category with what is asked about it and the clauses found for it.
import { useId, useState } from 'react';
import { counted } from '../shared/format';
import { isRejected, type CategoryArrangement } from '../state/arrange';
import { FindingCard } from './FindingCard';
import type { ListPlace } from './listPlace';
import './CategorySection.css';

interface CategorySectionProps {
  entry: CategoryArrangement;
  place: ListPlace;
}

export function CategorySection({ entry: { category, found }, place }: CategorySectionProps) {
  const [explained, setExplained] = useState(false);
  const heading = useId();
  const rejected = found.filter(isRejected).length;
  const count = found.length - rejected;
  return (
    <div className="category" data-testid="category" data-category={category.name}>
      <div className="category-head">
        <h4 id={heading}>{category.name}</h4>
        {(count > 1 || rejected > 0) && (
          <span className="category-count" data-testid="category-count">
            {count > 0 && counted(count, 'clause', 'clauses')}
            {count > 0 && rejected > 0 && ', '}
            {rejected > 0 && `${rejected} rejected`}
          </span>
        )}
      </div>
      {/* The sentence is cut to a line; a press shows it whole. */}
      <button
        type="button"
        className="category-question"
        aria-expanded={explained}
        title={explained ? undefined : category.question}
        onClick={() => setExplained(!explained)}
      >
        {category.question}
      </button>
      <div role="grid" aria-labelledby={heading} className="category-list">
        {found.map((finding) => (
          <FindingCard
            key={finding.id}
            finding={finding}
            selected={finding.id === place.selected}
            reachable={finding.id === place.reachable}
          />
        ))}
      </div>
    </div>
  );
}
