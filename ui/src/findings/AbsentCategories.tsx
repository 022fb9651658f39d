// The categories of a group for which nothing was found, each with the passage that came nearest.
import { useId, useState } from 'react';
import { Icon } from '../shared/Icon';
import { listed } from '../shared/format';
import type { CategoryArrangement } from '../state/arrange';
import { AbsentCategory } from './AbsentCategory';
import type { ListPlace } from './listPlace';
import './AbsentCategories.css';

interface AbsentCategoriesProps {
  absent: CategoryArrangement[];
  place: ListPlace;
}

export function AbsentCategories({ absent, place }: AbsentCategoriesProps) {
  const here = absent.some(({ category }) => category.name === place.absent);
  const [chosen, setChosen] = useState<boolean | null>(null);
  // Once the person has been here it stays open, until they fold it.
  if (here && chosen === null) setChosen(true);
  const open = here || (chosen ?? place.opensAbsent);
  const list = useId();
  const confirmed = absent.filter(({ category }) => place.confirmed.includes(category.name)).length;
  return (
    <div className="absent" data-testid="absent">
      <button
        type="button"
        className="absent-toggle"
        data-testid="absent-toggle"
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setChosen(!open)}
      >
        <Icon name="chevron" size={14} />
        <span className="absent-names">
          <b>Not found:</b> {absent.map(({ category }) => category.name).join(', ')}
        </span>
        {confirmed > 0 && (
          <span className="absent-confirmed">
            {confirmed === absent.length ? 'all confirmed' : `${confirmed} confirmed`}
          </span>
        )}
      </button>
      {open && place.unread.length > 0 && (
        <p className="absent-unread" data-testid="absent-unread">
          {place.unread.length === 1
            ? `Page ${place.unread[0]} could not be read fully, so a clause may stand there.`
            : `Pages ${listed(place.unread.map(String))} could not be read fully, so a clause may stand there.`}
        </p>
      )}
      <ul id={list} hidden={!open}>
        {open &&
          absent.map((entry) => (
            <AbsentCategory
              key={entry.category.name}
              entry={entry}
              confirmed={place.confirmed.includes(entry.category.name)}
              current={entry.category.name === place.absent}
              selected={place.selected}
            />
          ))}
      </ul>
    </div>
  );
}
