// Measuring this computer: what it does, how far it has come, and what came out.
import { useRef } from 'react';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { useActions, useApp } from '../state/react';
import { MeasuredFigures } from './MeasuredFigures';
import { MeasuringProgress } from './MeasuringProgress';
import { useKeptFocus } from './useKeptFocus';
import './Measuring.css';

export function MeasureSection() {
  const measurements = useApp((state) => state.measurements);
  const fault = useApp((state) => state.measurementsFault);
  const { stage, message } = useApp((state) => state.measuring);
  const reading = useApp(({ contracts }) => contracts.some((contract) => contract.stage === 'reading'));
  const checking = useApp(({ contracts }) => contracts.some(({ check }) => check?.stage === 'running'));
  const { measure } = useActions();
  const section = useRef<HTMLElement>(null);
  useKeptFocus(section, stage === 'running');
  const before = measurements !== null && measurements.measuredAt !== null;
  return (
    <section className="preference" ref={section} data-testid="measuring" data-stage={stage}>
      <h3>Measure this computer</h3>
      <p className="preference-hint">
        Proviso reads short pieces of made-up text in every way that this computer offers, and times them. It
        takes under a minute. From then on it can choose the fastest way, and say beforehand how long a
        contract takes.
      </p>
      {stage === 'running' ? (
        <MeasuringProgress />
      ) : (
        <div className="measure-start">
          <Button
            testId="measure"
            kind={before && !measurements.stale ? 'plain' : 'primary'}
            disabled={reading || checking}
            onClick={() => void measure()}
          >
            {before ? 'Measure again' : 'Measure'}
          </Button>
          <span data-testid="measured-at">
            {reading
              ? 'A contract is being read now, which would spoil the figures. Measure when it is done.'
              : checking
                ? 'Doubtful clauses are being checked now, which would spoil the figures. Measure when that is done.'
                : measurements && dateOf(measurements.measuredAt)}
          </span>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {stage === 'running' ? 'Measuring has begun.' : stage === 'done' ? 'The measuring is done.' : ''}
      </p>
      {stage === 'cancelled' && (
        <div className="note" role="status" data-testid="measuring-cancelled">
          <Icon name="info" />
          <p>The measuring was cancelled. {before ? 'The earlier figures are kept.' : 'Nothing was kept.'}</p>
        </div>
      )}
      {(stage === 'failed' || fault !== null) && (
        <div className="note note-bad" role="alert" data-testid="measuring-failed">
          <Icon name="warning" />
          <p>
            <b>
              {stage === 'failed' ? 'The measuring failed.' : 'The earlier figures could not be looked up.'}
            </b>{' '}
            {stage === 'failed' ? message : fault}
          </p>
        </div>
      )}
      {before && measurements.stale !== null && (
        <div className="note note-warn" role="status" data-testid="stale">
          <Icon name="warning" />
          <p>
            <b>These figures do not count any more.</b> {measurements.stale}
          </p>
        </div>
      )}
      {before && <MeasuredFigures measurements={measurements} />}
    </section>
  );
}

function dateOf(measuredAt: string | null): string {
  if (measuredAt === null) return 'Not measured so far.';
  const when = new Date(measuredAt).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' });
  return `Last measured on ${when}`;
}
