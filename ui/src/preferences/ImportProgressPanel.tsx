// How far an import has come, with a way to end it.
import { Button } from '../shared/Button';
import { ProgressBar } from '../shared/ProgressBar';
import { bytes, roughDuration } from '../shared/format';
import { importName } from '../state/importing';
import { useActions, useApp } from '../state/react';

export function ImportProgressPanel() {
  const { request, progress, stopping } = useApp((state) => state.importing);
  const { cancelImport } = useActions();
  const total = progress?.bytesTotal ?? 0;
  const left = progress?.secondsLeft ?? null;
  return (
    <div className="measure-progress" data-testid="import-progress">
      <div>
        <p>
          <b>{request && importName(request)}</b>:{' '}
          <span data-testid="import-doing">
            {stopping ? 'Stopping …' : (progress?.doing ?? 'Getting ready …')}
          </span>
        </p>
        <ProgressBar
          value={progress && total > 0 ? Math.min(1, progress.bytesDone / total) : 0}
          label="Share of the model that has been imported"
        />
        {progress && total > 0 && (
          <p className="measure-steps" data-testid="import-bytes">
            {bytes(progress.bytesDone)} of {bytes(total)}
            {left !== null && left > 0 && `, ${roughDuration(left)} left`}
          </p>
        )}
      </div>
      <Button testId="cancel-import" disabled={stopping} onClick={() => void cancelImport()}>
        Cancel
      </Button>
    </div>
  );
}
