// A group of categories: those with clauses, and below them those without.
import { useId } from 'react';
import { counted } from '../shared/format';
import type { GroupArrangement } from '../state/arrange';
import { AbsentCategories } from './AbsentCategories';
import { CategorySection } from './CategorySection';
import './GroupSection.css';

interface GroupSectionProps {
  group: GroupArrangement;
  selected: number | null;
  reachable: number | null;
  foundOnly: boolean;
}

export function GroupSection({ group, selected, reachable, foundOnly }: GroupSectionProps) {
  const heading = useId();
  if (foundOnly && group.present.length === 0) return null;
  return (
    <section className="group" data-group={group.index} data-testid="group" aria-labelledby={heading}>
      <header className="group-head">
        <h3 id={heading}>{group.title}</h3>
        <span className="group-count">
          {group.count === 0 ? 'nothing found' : counted(group.count, 'clause', 'clauses')}
        </span>
      </header>
      {group.present.map((entry) => (
        <CategorySection key={entry.category.name} entry={entry} selected={selected} reachable={reachable} />
      ))}
      {!foundOnly && group.absent.length > 0 && (
        <AbsentCategories absent={group.absent} selected={selected} />
      )}
    </section>
  );
}
