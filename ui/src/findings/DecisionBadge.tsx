// What the person decided about a clause: a sign and a word.
import type { FindingReviewView } from '../backend';
import { Icon, type IconName } from '../shared/Icon';
import './DecisionBadge.css';

const ICONS: Record<FindingReviewView['decision'], IconName> = {
  unreviewed: 'circle',
  accepted: 'check',
  rejected: 'close',
};

const WORDS: Record<FindingReviewView['decision'], string> = {
  unreviewed: 'Unreviewed',
  accepted: 'Accepted',
  rejected: 'Rejected',
};

/** "Accepted", "Added by you", "Rejected, edited by you". */
function words({ decision, origin }: FindingReviewView): string {
  if (origin === 'model') return WORDS[decision];
  const whose = `${origin} by you`;
  return decision === 'accepted'
    ? whose.charAt(0).toUpperCase() + whose.slice(1)
    : `${WORDS[decision]}, ${whose}`;
}

export function DecisionBadge({ review }: { review: FindingReviewView }) {
  return (
    <span className="decision" data-testid="decision" data-decision={review.decision}>
      <Icon name={ICONS[review.decision]} size={13} />
      {words(review)}
    </span>
  );
}
