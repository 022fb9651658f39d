// How sure the model is, as a word, a number and a small bar.
import { confidenceWord } from '../shared/format';
import './Confidence.css';

const NAMES = { high: 'High', medium: 'Medium', low: 'Low' };

export function Confidence({ value }: { value: number }) {
  const word = confidenceWord(value);
  return (
    <span
      className="confidence"
      data-word={word}
      title={`The model's confidence is ${value.toFixed(2)} of 1`}
    >
      <span className="visually-hidden">Confidence </span>
      <span className="confidence-bar" aria-hidden="true">
        <i style={{ width: `${Math.round(value * 100)}%` }} />
      </span>
      {NAMES[word]} {value.toFixed(2)}
    </span>
  );
}
