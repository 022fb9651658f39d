// The best passage below the threshold: evidence for the lawyer that there is no such clause, or that there is one.
import type { FindingView } from '../backend';
import { Icon } from '../shared/Icon';
import { percent } from '../shared/format';
import { useActions } from '../state/react';
import { CheckBadge } from './CheckBadge';
import { Confidence } from './Confidence';
import { DecisionBadge } from './DecisionBadge';
import { NoteField } from './NoteField';

interface NearestPassageProps {
  finding: FindingView;
  threshold: number;
  selected: boolean;
}

export function NearestPassage({ finding, threshold, selected }: NearestPassageProps) {
  const { select, decide } = useActions();
  return (
    <div className="nearest" data-selected={selected}>
      <button
        type="button"
        className="nearest-passage"
        aria-pressed={selected}
        title={`Below the threshold of ${percent(threshold)} for this category`}
        data-testid="nearest-passage"
        data-category={finding.category}
        data-finding-id={finding.id}
        onClick={() => select(finding.id, true)}
      >
        <span className="nearest-head">
          <b>Nearest passage</b>
          <Confidence value={finding.confidence} />
          <span>Page {finding.page}</span>
          {finding.review.decision !== 'unreviewed' && <DecisionBadge review={finding.review} />}
        </span>
        <span className="nearest-text">{finding.text}</span>
        {finding.check && <CheckBadge check={finding.check} />}
      </button>
      <NoteField finding={finding} reachable />
      <button
        type="button"
        className="finding-action nearest-accept"
        data-testid="accept-nearest"
        title={`This passage is a clause of the category ${finding.category} (a)`}
        onClick={() => decide('accept', finding.id)}
      >
        <Icon name="check" size={14} />
        Accept as a clause
      </button>
    </div>
  );
}
