// The categories of a group for which nothing was found, each with the passage that came nearest.
import { useId, useState } from 'react';
import { Icon } from '../shared/Icon';
import type { CategoryArrangement } from '../state/arrange';
import { NearestPassage } from './NearestPassage';
import './AbsentCategories.css';

interface AbsentCategoriesProps {
  absent: CategoryArrangement[];
  selected: number | null;
}

export function AbsentCategories({ absent, selected }: AbsentCategoriesProps) {
  const [open, setOpen] = useState(false);
  const list = useId();
  return (
    <div className="absent" data-testid="absent">
      <button
        type="button"
        className="absent-toggle"
        data-testid="absent-toggle"
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        <Icon name="chevron" size={14} />
        <span className="absent-names">
          <b>Not found:</b> {absent.map(({ category }) => category.name).join(', ')}
        </span>
      </button>
      <ul id={list} hidden={!open}>
        {open &&
          absent.map(({ category, nearest, threshold }) => (
            <li key={category.name} className="absent-category" data-testid="absent-category">
              <h4>{category.name}</h4>
              <p className="absent-question">{category.question}</p>
              {nearest ? (
                <NearestPassage finding={nearest} threshold={threshold} selected={nearest.id === selected} />
              ) : (
                <p className="absent-nothing">No passage comes near.</p>
              )}
            </li>
          ))}
      </ul>
    </div>
  );
}
