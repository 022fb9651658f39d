// A clause as it was found: its words, the short answer, how sure the model is, the page, and what was decided about it.
import { useState } from 'react';
import type { FindingView } from '../backend';
import { answerInWords } from '../shared/format';
import { useActions } from '../state/react';
import { CarriedLine } from './CarriedLine';
import { CheckBadge } from './CheckBadge';
import { Confidence } from './Confidence';
import { DecisionBadge } from './DecisionBadge';
import { FindingActions } from './FindingActions';
import { NoteField } from './NoteField';
import './FindingCard.css';

interface FindingCardProps {
  finding: FindingView;
  selected: boolean;
  /** The Tab key stops here. */
  reachable: boolean;
}

/** Characters above which the text is cut and can be shown as a whole. */
const LONG = 260;

export function FindingCard({ finding, selected, reachable }: FindingCardProps) {
  const { select } = useActions();
  const [whole, setWhole] = useState(false);
  const { id, category, text, answer, check, review } = finding;
  // "Yes" stands among the facts, and an answer that is the clause itself need not be said twice.
  const saysMore = answer !== 'Yes' && answer !== text.replace(/\s+/g, ' ').trim();
  const show = () => select(id, true);
  return (
    <div
      role="row"
      className="finding"
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      data-testid="finding"
      data-category={category}
      data-finding-id={id}
      data-decision={review.decision}
      onClick={show}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === 'Enter') show();
        else if (event.key === ' ') setWhole(!whole);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div role="gridcell" className="finding-words">
        {answer !== null && saysMore && <p className="finding-answer">{answerInWords(answer)}</p>}
        {finding.answerBasis && <p className="finding-basis">{finding.answerBasis}</p>}
        <p className="finding-text" data-whole={whole}>
          {text}
        </p>
        <Facts finding={finding} whole={whole} onWhole={() => setWhole(!whole)} />
        {review.carried && <CarriedLine carried={review.carried} />}
        {check && <CheckBadge check={check} />}
        <NoteField finding={finding} reachable={selected} />
      </div>
      <FindingActions finding={finding} selected={selected} />
    </div>
  );
}

interface FactsProps {
  finding: FindingView;
  whole: boolean;
  onWhole: () => void;
}

function Facts({ finding, whole, onWhole }: FactsProps) {
  const { text, answer, confidence, page, review } = finding;
  const lastPage = finding.marks.at(-1)?.page ?? page;
  return (
    <p className="finding-facts">
      {answer === 'Yes' && <span className="finding-yes">Yes</span>}
      {review.origin !== 'added' && <Confidence value={confidence} />}
      <span>{lastPage > page ? `Pages ${page}–${lastPage}` : `Page ${page}`}</span>
      {text.length > LONG && (
        // For the mouse only: with the keyboard it is the space bar.
        <span
          className="finding-more"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onWhole();
          }}
        >
          {whole ? 'Show less' : 'Show all'}
        </span>
      )}
      <DecisionBadge review={review} />
    </p>
  );
}
