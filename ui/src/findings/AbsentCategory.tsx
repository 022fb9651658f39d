// A category without a clause: what was asked, the nearest passage, and the person's word that there is none.
import { Icon } from '../shared/Icon';
import type { CategoryArrangement } from '../state/arrange';
import { useActions } from '../state/react';
import { NearestPassage } from './NearestPassage';

interface AbsentCategoryProps {
  entry: CategoryArrangement;
  confirmed: boolean;
  /** The person is here. */
  current: boolean;
  selected: number | null;
}

export function AbsentCategory({ entry, confirmed, current, selected }: AbsentCategoryProps) {
  const { confirmAbsent, reopenAbsent, visitAbsent } = useActions();
  const { category, nearest, threshold } = entry;
  return (
    <li
      className="absent-category"
      data-testid="absent-category"
      data-absent={category.name}
      data-current={current}
      data-confirmed={confirmed}
    >
      <div className="absent-head">
        <h4>{category.name}</h4>
        <button
          type="button"
          className="absent-confirm"
          data-testid="confirm-absent"
          aria-pressed={confirmed}
          title={
            confirmed ? 'Take it back (u)' : `The contract has no clause of the category ${category.name} (c)`
          }
          onFocus={() => visitAbsent(category.name, false)}
          onClick={() => (confirmed ? reopenAbsent(category.name) : confirmAbsent(category.name))}
        >
          <Icon name={confirmed ? 'check' : 'circle'} size={13} />
          {confirmed ? 'Confirmed: none' : 'Confirm: none'}
          <span className="visually-hidden"> of {category.name}</span>
        </button>
      </div>
      <p className="absent-question">{category.question}</p>
      {nearest ? (
        <NearestPassage finding={nearest} threshold={threshold} selected={nearest.id === selected} />
      ) : (
        <p className="absent-nothing">No passage comes near.</p>
      )}
    </li>
  );
}
