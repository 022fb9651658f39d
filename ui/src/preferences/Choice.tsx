// One of several choices, with a sentence that says what it does.
interface ChoiceProps {
  group: string;
  value: string;
  name: string;
  text?: string;
  checked: boolean;
  onChoose: () => void;
}

export function Choice({ group, value, name, text, checked, onChoose }: ChoiceProps) {
  return (
    <label className="choice">
      <input
        type="radio"
        name={group}
        value={value}
        checked={checked}
        data-testid={`${group}-${value}`}
        onChange={onChoose}
      />
      <span className="choice-name">{name}</span>
      {text && <span className="choice-text">{text}</span>}
    </label>
  );
}
