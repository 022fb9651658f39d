// The best passage below the threshold: evidence for the lawyer that there is no such clause, or that there is one.
import type { FindingView } from '../backend';
import { useActions } from '../state/react';
import { CheckBadge } from './CheckBadge';
import { Confidence } from './Confidence';

interface NearestPassageProps {
  finding: FindingView;
  threshold: number;
  selected: boolean;
}

export function NearestPassage({ finding, threshold, selected }: NearestPassageProps) {
  const { select } = useActions();
  return (
    <button
      type="button"
      className="nearest"
      aria-pressed={selected}
      title={`Below the threshold of ${threshold.toFixed(2)} for this category`}
      data-testid="nearest-passage"
      data-category={finding.category}
      data-finding-id={finding.id}
      onClick={() => select(finding.id, true)}
    >
      <span className="nearest-head">
        <b>Nearest passage</b>
        <Confidence value={finding.confidence} />
        <span>Page {finding.page}</span>
      </span>
      <span className="nearest-text">{finding.text}</span>
      {finding.check && <CheckBadge check={finding.check} />}
    </button>
  );
}
