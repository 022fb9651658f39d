// What became of a decision that was made on an earlier version of the contract.
import type { CarriedView } from '../backend';
import { Icon } from '../shared/Icon';
import './CarriedLine.css';

const SENTENCES: Record<CarriedView, string> = {
  unchanged: 'Carried over: the words are those of the earlier version, at the same place.',
  moved: 'Carried over: the words are those of the earlier version, at another place.',
  changed: 'Other words than in the earlier version that you reviewed: look at it again.',
};

export function CarriedLine({ carried }: { carried: CarriedView }) {
  return (
    <p className="carried" data-testid="carried" data-carried={carried}>
      <Icon name={carried === 'changed' ? 'warning' : 'clock'} size={13} />
      {SENTENCES[carried]}
    </p>
  );
}
