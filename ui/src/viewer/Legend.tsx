// Which colour is which group, and what the lines under the marks say.
import { IconButton } from '../shared/IconButton';
import { counted } from '../shared/format';
import type { GroupArrangement } from '../state/arrange';
import { markedCount } from './marks';
import { useFocusBack } from './useFocusBack';
import './Legend.css';

interface LegendProps {
  id: string;
  groups: GroupArrangement[];
  onClose: () => void;
}

const LINES = [
  ['unreviewed', 'Not reviewed'],
  ['accepted', 'Accepted'],
] as const;

export function Legend({ id, groups, onClose }: LegendProps) {
  useFocusBack();
  return (
    // Escape closes it from wherever in it the focus is.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="legend"
      id={id}
      aria-label="Colours of the marks"
      data-testid="legend"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="legend-head">
        <h2>Colours of the marks</h2>
        <IconButton icon="close" small label="Close the colours" onClick={onClose} testId="legend-close" />
      </header>
      {groups.length === 0 ? (
        <p className="legend-note">Clauses are marked when the contract has been read.</p>
      ) : (
        <ul className="legend-groups" role="list">
          {groups.map((group) => {
            const count = markedCount(group);
            return (
              <li
                key={group.title}
                data-testid="legend-group"
                data-group={group.index}
                data-none={count === 0}
              >
                <span className="legend-mark" aria-hidden="true" data-decision="unreviewed" />
                <span className="legend-title">{group.title}</span>
                <span className="legend-count">
                  {count === 0 ? 'none' : counted(count, 'clause', 'clauses')}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <ul className="legend-lines" role="list" data-group="0">
        {LINES.map(([decision, text]) => (
          <li key={decision}>
            <span className="legend-mark" aria-hidden="true" data-decision={decision} />
            {text}
          </li>
        ))}
        <li>
          <span className="legend-mark legend-selected" aria-hidden="true" />
          Selected
        </li>
        <li>
          <span className="legend-mark legend-found" aria-hidden="true" />
          Words found
        </li>
      </ul>
      <p className="legend-note">Clauses that you rejected are not marked.</p>
    </section>
  );
}
