// One of several choices, with a sentence that says what it does, its figures, or why it cannot be taken.
import { useId, type ReactNode } from 'react';

interface ChoiceProps {
  group: string;
  value: string;
  name: string;
  text?: string;
  figures?: ReactNode;
  /** Why it cannot be chosen. */
  refusal?: string | null;
  checked: boolean;
  onChoose: () => void;
}

export function Choice({
  group,
  value,
  name,
  text,
  figures,
  refusal = null,
  checked,
  onChoose,
}: ChoiceProps) {
  const id = useId();
  return (
    <label className="choice" data-refused={refusal !== null}>
      <input
        type="radio"
        name={group}
        value={value}
        checked={checked}
        disabled={refusal !== null}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-about`}
        data-testid={`${group}-${value}`}
        onChange={onChoose}
      />
      <span className="choice-name" id={`${id}-name`}>
        {name}
      </span>
      <span className="choice-about" id={`${id}-about`}>
        {refusal === null ? (
          <>
            {text && <span className="choice-text">{text}</span>}
            {figures}
          </>
        ) : (
          <span className="choice-text" data-testid={`${group}-${value}-refusal`}>
            {refusal}
          </span>
        )}
      </span>
    </label>
  );
}
