// The threshold of one category as a slider and a number.
import { useState } from 'react';
import type { CategoryView } from '../backend';

interface ThresholdRowProps {
  category: CategoryView;
  /** The person's own value; null for the recommended one. */
  own: number | null;
  /** Clauses listed in the contract in view; null where there is none. */
  found: number | null;
  onChange: (value: number | null) => void;
}

export function ThresholdRow({ category, own, found, onChange }: ThresholdRowProps) {
  const value = own ?? category.threshold;
  // What is being typed stays as it was typed until the field is left.
  const [typed, setTyped] = useState<string | null>(null);
  const change = (text: string) => {
    const typed = Number(text);
    if (text.trim() === '' || !Number.isFinite(typed)) return;
    const next = Math.min(1, Math.max(0, Math.round(typed * 100) / 100));
    onChange(Math.abs(next - category.threshold) < 0.005 ? null : next);
  };
  return (
    <tr data-testid="threshold-row" data-category={category.name} data-own={own !== null}>
      <th scope="row" title={category.question}>
        {category.name}
      </th>
      <td>
        <span className="threshold-fields">
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={value}
            aria-label={`Threshold of ${category.name}`}
            onChange={(event) => change(event.target.value)}
          />
          <input
            type="number"
            min={0}
            max={1}
            step={0.01}
            value={typed ?? value.toFixed(2)}
            aria-label={`Threshold of ${category.name} as a number`}
            onChange={(event) => {
              setTyped(event.target.value);
              change(event.target.value);
            }}
            onBlur={() => setTyped(null)}
          />
        </span>
      </td>
      <td className="threshold-count">{found ?? '–'}</td>
    </tr>
  );
}
