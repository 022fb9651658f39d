// The queue as a whole: how many contracts are read, how long the others will take, and whether it goes on.
import { Button } from '../shared/Button';
import { IconButton } from '../shared/IconButton';
import { ProgressBar } from '../shared/ProgressBar';
import { counted, roughDuration } from '../shared/format';
import type { QueueStateView } from '../backend';
import { useActions, useApp } from '../state/react';
import './QueueHead.css';

export function QueueHead() {
  const queue = useApp((state) => state.queue);
  const { pause, retryFailed } = useActions();
  const { total, done, failed, waiting, paused } = queue;
  const going = waiting > 0 || paused;
  return (
    <div className="queue-head" data-testid="queue" data-paused={paused}>
      <div className="queue-line">
        <p data-testid="queue-count">
          {going
            ? `${done.toLocaleString('en')} of ${counted(total, 'contract', 'contracts')} read`
            : `${counted(total, 'contract', 'contracts')}, ${done.toLocaleString('en')} read`}
        </p>
        {going && (
          <IconButton
            icon={paused ? 'play' : 'pause'}
            small
            label={paused ? 'Resume the queue' : 'Pause the queue'}
            testId="pause-queue"
            onClick={() => pause(!paused)}
          />
        )}
      </div>
      {going && <ProgressBar value={total > 0 ? (total - waiting) / total : 0} label="Contracts read" />}
      {going && (
        <p className="queue-left" data-testid="queue-left">
          {left(queue)}
        </p>
      )}
      {failed > 1 && (
        <Button kind="quiet" icon="again" onClick={retryFailed} testId="retry-failed">
          {`Try the ${failed.toLocaleString('en')} that failed again`}
        </Button>
      )}
    </div>
  );
}

function left({ paused, waiting, secondsLeft }: QueueStateView): string {
  const time = secondsLeft === null ? '' : `, ${roughDuration(secondsLeft)} left`;
  if (paused)
    return waiting > 0 ? `Paused, ${waiting.toLocaleString('en')} to read` : 'Paused, nothing to read';
  return `${waiting.toLocaleString('en')} to read${time}`;
}
