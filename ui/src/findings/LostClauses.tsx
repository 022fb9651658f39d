// Clauses of an earlier version of the contract about which something was decided, and which are not in this one.
import type { LostClauseView } from '../backend';
import { Icon } from '../shared/Icon';
import { counted } from '../shared/format';
import { DecisionBadge } from './DecisionBadge';
import './LostClauses.css';

export function LostClauses({ lost }: { lost: LostClauseView[] }) {
  if (lost.length === 0) return null;
  return (
    <details className="lost" data-testid="lost">
      <summary>
        <Icon name="chevron" size={14} />
        <span>
          {counted(lost.length, 'clause', 'clauses')} that you reviewed {lost.length === 1 ? 'is' : 'are'} not
          in this version
        </span>
      </summary>
      <p>
        You decided about them on an earlier version of this contract; their words are not in it any more.
      </p>
      <ul>
        {lost.map(({ category, text, decision, note }, index) => (
          <li key={`${category}-${index}`} data-testid="lost-clause">
            <h4>
              {category}
              <DecisionBadge review={{ decision, origin: 'model', note, carried: null }} />
            </h4>
            <p className="lost-text">{text}</p>
            {note !== null && <p className="lost-note">Your note: {note}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}
