// A number that the program chooses itself unless the person sets one.
import { useEffect, useId, useState } from 'react';

interface AmountFieldProps {
  testId: string;
  label: string;
  unit: string;
  /** What stands before a number that the person has set. */
  before: string;
  value: number | null;
  min: number;
  max: number;
  /** The number to begin with when the person sets one. */
  suggestion: number;
  /** Why a number cannot be set here. */
  locked?: string | null;
  onChange: (value: number | null) => void;
}

/** How long a number stands before it is taken, so that its first digits are not. */
const SETTLED = 500;

export function AmountField(props: AmountFieldProps) {
  const { testId, label, unit, before, value, min, max, suggestion, locked = null, onChange } = props;
  const hint = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const number = Number(typed);
  const sound = typed === null || (Number.isInteger(number) && number >= min && number <= max);
  const take = () => {
    if (typed !== null && sound && number !== value) onChange(number);
  };
  useEffect(() => {
    const timer = setTimeout(take, SETTLED);
    return () => clearTimeout(timer);
  });

  return (
    <>
      <div className="amount">
        <select
          aria-label={label}
          aria-describedby={locked === null ? undefined : hint}
          data-testid={testId}
          value={value === null ? 'auto' : 'set'}
          disabled={locked !== null && value === null}
          onChange={(event) => {
            setTyped(null);
            onChange(event.target.value === 'auto' ? null : suggestion);
          }}
        >
          <option value="auto">Automatic (recommended)</option>
          <option value="set">{before}</option>
        </select>
        {value !== null && (
          <>
            <input
              type="number"
              min={min}
              max={max}
              value={typed ?? value}
              aria-label={`${label}: ${unit}`}
              aria-invalid={!sound}
              aria-describedby={hint}
              data-testid={`${testId}-number`}
              onChange={(event) => setTyped(event.target.value)}
              onBlur={() => {
                take();
                setTyped(null);
              }}
            />
            <span aria-hidden="true">{unit}</span>
          </>
        )}
      </div>
      <p className="amount-hint" id={hint} role={sound ? undefined : 'alert'} data-testid={`${testId}-hint`}>
        {!sound ? `A whole number from ${min} to ${max.toLocaleString('en')}.` : (locked ?? '')}
      </p>
    </>
  );
}
