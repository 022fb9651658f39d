// How far the review has come, and the last step to be undone or done again.
import { IconButton } from '../shared/IconButton';
import { ProgressBar } from '../shared/ProgressBar';
import type { ReadingView } from '../backend';
import type { Progress } from '../state/progress';
import { useActions } from '../state/react';
import './ReviewBar.css';

interface ReviewBarProps {
  reading: ReadingView;
  progress: Progress;
}

export function ReviewBar({ reading, progress: { reviewed, categories } }: ReviewBarProps) {
  const { undo, redo } = useActions();
  const { review } = reading;
  return (
    <div className="review-bar" data-done={reviewed === categories}>
      <p data-testid="review-progress">
        Reviewed <b>{reviewed}</b> of {categories} categories
      </p>
      <div className="review-steps">
        <IconButton
          icon="undo"
          small
          label={review.undo === null ? 'Nothing to undo (z)' : `Undo: ${review.undo} (z)`}
          disabled={review.undo === null}
          testId="undo"
          onClick={() => undo()}
        />
        <IconButton
          icon="redo"
          small
          label={review.redo === null ? 'Nothing to do again (y)' : `Do again: ${review.redo} (y)`}
          disabled={review.redo === null}
          testId="redo"
          onClick={redo}
        />
      </div>
      <ProgressBar
        value={categories === 0 ? 0 : reviewed / categories}
        label="Share of the categories that are reviewed"
      />
    </div>
  );
}
