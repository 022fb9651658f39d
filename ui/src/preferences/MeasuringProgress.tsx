// How far a measuring has come, with a way to end it.
import { Button } from '../shared/Button';
import { ProgressBar } from '../shared/ProgressBar';
import { useActions, useApp } from '../state/react';

export function MeasuringProgress() {
  const { progress, stopping } = useApp((state) => state.measuring);
  const { cancelMeasuring } = useActions();
  const share = progress && progress.total > 0 ? progress.done / progress.total : 0;
  return (
    <div className="measure-progress" data-testid="measuring-progress">
      <div>
        <p data-testid="measuring-doing">
          {stopping ? 'Stopping after this step …' : (progress?.doing ?? 'Getting ready …')}
        </p>
        <ProgressBar value={share} label="Share of the measuring that is done" />
        {progress && (
          <p className="measure-steps">
            {progress.done} of {progress.total} steps done
          </p>
        )}
      </div>
      <Button testId="cancel-measuring" disabled={stopping} onClick={() => void cancelMeasuring()}>
        Cancel
      </Button>
    </div>
  );
}
