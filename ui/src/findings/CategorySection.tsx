// One category with the clauses found for it.
import { useId, useState } from 'react';
import { IconButton } from '../shared/IconButton';
import { counted } from '../shared/format';
import type { CategoryArrangement } from '../state/arrange';
import { FindingCard } from './FindingCard';
import './CategorySection.css';

interface CategorySectionProps {
  entry: CategoryArrangement;
  selected: number | null;
  reachable: number | null;
}

export function CategorySection({ entry, selected, reachable }: CategorySectionProps) {
  const { category, found } = entry;
  const [explained, setExplained] = useState(false);
  const heading = useId();
  return (
    <div className="category" data-testid="category" data-category={category.name}>
      <div className="category-head">
        <h4 id={heading}>{category.name}</h4>
        {found.length > 1 && (
          <span className="category-count">{counted(found.length, 'clause', 'clauses')}</span>
        )}
        <IconButton
          icon="info"
          small
          label={`What is asked about ${category.name}`}
          expanded={explained}
          onClick={() => setExplained(!explained)}
        />
      </div>
      {explained && <p className="category-question">{category.question}</p>}
      <ul role="listbox" aria-labelledby={heading} className="category-list">
        {found.map((finding) => (
          <FindingCard
            key={finding.id}
            finding={finding}
            selected={finding.id === selected}
            reachable={finding.id === reachable}
          />
        ))}
      </ul>
    </div>
  );
}
