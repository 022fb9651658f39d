// What the program has decided for this computer, with its reasons.
import { useApp } from '../state/react';

export function PlanSection() {
  const info = useApp((state) => state.info);
  if (!info) return null;
  return (
    <section className="preference" data-testid="plan">
      <h3>How contracts are read on this computer</h3>
      <ul className="plan">
        <li>
          The model is {info.model.name}. {info.model.description}
        </li>
        {info.plan.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
