// A group of categories: those with clauses, and below them those without.
import { useId } from 'react';
import { Icon } from '../shared/Icon';
import { counted } from '../shared/format';
import type { GroupArrangement } from '../state/arrange';
import type { Progress } from '../state/progress';
import { AbsentCategories } from './AbsentCategories';
import { CategorySection } from './CategorySection';
import type { ListPlace } from './listPlace';
import './GroupSection.css';

interface GroupSectionProps {
  group: GroupArrangement;
  progress: Progress;
  place: ListPlace;
  foundOnly: boolean;
}

export function GroupSection({ group, progress, place, foundOnly }: GroupSectionProps) {
  const heading = useId();
  if (foundOnly && group.present.length === 0) return null;
  const done = progress.reviewed === progress.categories;
  return (
    <section className="group" data-group={group.index} data-testid="group" aria-labelledby={heading}>
      <header className="group-head">
        <h3 id={heading}>{group.title}</h3>
        <span
          className="group-count"
          data-testid="group-progress"
          data-done={done}
          title={group.count === 0 ? 'Nothing found' : counted(group.count, 'clause', 'clauses')}
        >
          {done && <Icon name="check" size={13} />}
          {progress.reviewed} of {progress.categories} reviewed
        </span>
      </header>
      {group.present.map((entry) => (
        <CategorySection key={entry.category.name} entry={entry} place={place} />
      ))}
      {!foundOnly && group.absent.length > 0 && <AbsentCategories absent={group.absent} place={place} />}
    </section>
  );
}
