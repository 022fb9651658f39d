// How sure the model is, as a word, a number and a small bar.
import { confidenceWord, percent } from '../shared/format';
import './Confidence.css';

export function Confidence({ value }: { value: number }) {
  const word = confidenceWord(value);
  return (
    <span
      className="confidence"
      data-word={word}
      title={`The model holds it ${word} that this is a clause of the category: ${percent(value)}`}
    >
      <span className="confidence-bar" aria-hidden="true">
        <i style={{ width: `${Math.round(value * 100)}%` }} />
      </span>
      <span className="confidence-word">{word}</span> {percent(value)}
    </span>
  );
}
