// How much memory a reading may take.
import { megabytes } from '../shared/format';
import { useActions, useApp } from '../state/react';
import { AmountField } from './AmountField';
import { Refusal } from './Refusal';

const LEAST = 16;
const MOST = 1_000_000;
const USUAL = 512;

export function MemoryField() {
  const budget = useApp(({ preferences }) => preferences.memoryBudgetMb);
  const needed = useApp(({ running }) => running?.plan.memoryMb ?? null);
  const { setPreferences } = useActions();
  return (
    <fieldset className="preference" data-preference="memoryBudgetMb">
      <legend>Memory</legend>
      <p className="preference-hint">
        Left to itself, a reading takes what it needs of the memory that is free
        {needed === null ? '.' : `: about ${megabytes(needed)} as it is set now.`}
      </p>
      <Refusal preference="memoryBudgetMb" />
      <AmountField
        testId="memory"
        label="Memory"
        unit="MB"
        before="At most"
        value={budget}
        min={LEAST}
        max={MOST}
        suggestion={Math.max(USUAL, Math.ceil((needed ?? 0) / 256) * 256)}
        onChange={(value) => setPreferences({ memoryBudgetMb: value })}
      />
    </fieldset>
  );
}
