// Stands in for the list while there is none, and says why.
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { ProgressBar } from '../shared/ProgressBar';
import { Waiting } from '../shared/Waiting';
import { roughDuration } from '../shared/format';
import { hasFailed, shareRead, type Contract } from '../state/contract';
import { useActions, useApp } from '../state/react';
import './ReadingNotice.css';

export function ReadingNotice({ contract }: { contract: Contract }) {
  const { cancel, retry, pause } = useActions();
  const paused = useApp(({ queue }) => queue.paused);
  const { key, stage, progress, reading, message } = contract;
  const again = reading !== null;

  if (stage === 'reading') {
    const left = progress?.secondsLeft ?? null;
    return (
      <div className="reading-notice">
        <p className="reading-title">
          {again ? 'The contract is being read again' : 'The contract is being read'}
        </p>
        <ProgressBar value={shareRead(contract)} label="Share of the contract that has been read" />
        <p className="reading-detail">
          {progress && progress.windowsTotal > 0
            ? `Passage ${progress.windowsDone} of ${progress.windowsTotal}`
            : 'The model is being made ready'}
          {left !== null && left > 0 && `, ${roughDuration(left)} left`}. You can look through the pages
          meanwhile.
        </p>
        <Button onClick={() => cancel(key)} testId="cancel-reading-panel">
          Cancel
        </Button>
      </div>
    );
  }
  if (stage === 'waiting' || stage === 'opening') {
    return (
      <div className="reading-notice">
        {paused ? (
          <p className="reading-paused" role="status">
            <Icon name="pause" size={16} />
            The queue is paused; this contract is read when it goes on
          </p>
        ) : (
          <Waiting>
            {again
              ? 'This contract waits to be read again'
              : 'This contract is read as soon as its turn comes'}
          </Waiting>
        )}
        <div className="reading-buttons">
          {paused && (
            <Button kind="primary" icon="play" onClick={() => pause(false)} testId="resume-panel">
              Resume the queue
            </Button>
          )}
          {stage === 'waiting' && (
            <Button onClick={() => cancel(key)} testId="cancel-reading-panel">
              Cancel
            </Button>
          )}
        </div>
      </div>
    );
  }
  if (stage === 'cancelled' || hasFailed(contract)) {
    return (
      <div className="reading-notice">
        <p className="reading-title">
          {stage === 'cancelled' ? 'The reading was cancelled' : 'The contract could not be read'}
        </p>
        <p className="reading-detail">
          {stage === 'cancelled'
            ? again
              ? 'The clauses below are those of the reading before.'
              : 'No clauses are listed, because the model has not read the whole contract.'
            : message}
        </p>
        <Button kind="primary" onClick={() => retry(key)} testId="read-again">
          {stage === 'cancelled' ? 'Read this contract' : 'Try again'}
        </Button>
      </div>
    );
  }
  return null;
}
