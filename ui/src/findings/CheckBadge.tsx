// What a second model said of a clause that was in doubt.
import type { CheckView } from '../backend';
import { Icon, type IconName } from '../shared/Icon';
import { percent } from '../shared/format';
import './CheckBadge.css';

const ICONS: Record<CheckView['state'], IconName> = {
  confirmed: 'check',
  notConfirmed: 'question',
  added: 'plus',
};

const WORDS: Record<CheckView['state'], string> = {
  confirmed: 'Confirmed',
  notConfirmed: 'Not confirmed',
  added: 'Added',
};

export function CheckBadge({ check: { state, model, confidence } }: { check: CheckView }) {
  return (
    <span
      className="check-badge"
      data-testid="check-badge"
      data-state={state}
      title={`${model} is ${percent(confidence)} sure of this clause`}
    >
      <Icon name={ICONS[state]} size={14} />
      <span>
        <b>{WORDS[state]}</b> by {model}
        {state !== 'notConfirmed' && `, ${percent(confidence)}`}
      </span>
    </span>
  );
}
