// How many windows of text go through a graphics card together.
import { useActions, useApp } from '../state/react';
import { onGraphicsCard } from '../state/wishes';
import { AmountField } from './AmountField';
import { Refusal } from './Refusal';

const MOST = 1024;
const USUAL = 16;

export function BatchField() {
  const batch = useApp(({ preferences }) => preferences.batch);
  const onCard = useApp(
    ({ running, preferences }) => running !== null && onGraphicsCard(running, preferences),
  );
  const { setPreferences } = useActions();
  return (
    <fieldset className="preference" data-preference="batch">
      <legend>Windows in a batch</legend>
      <p className="preference-hint">
        A graphics card reads many windows of text together. More at a time are faster up to a point, and take
        more of its memory.
      </p>
      <Refusal preference="batch" />
      <AmountField
        testId="batch"
        label="Windows in a batch"
        unit="windows"
        before="This many"
        value={batch}
        min={1}
        max={MOST}
        suggestion={USUAL}
        locked={onCard ? null : 'Here the processor reads, which takes the windows one by one.'}
        onChange={(value) => setPreferences({ batch: value })}
      />
    </fieldset>
  );
}
