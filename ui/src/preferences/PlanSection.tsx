// What the program has decided for this computer, with its reasons.
import { Button } from '../shared/Button';
import { briefDuration, counted } from '../shared/format';
import type { RunningView } from '../backend';
import { useActions, useApp } from '../state/react';
import { Refusal, useMender } from './Refusal';

export function PlanSection() {
  const info = useApp((state) => state.info);
  const running = useApp((state) => state.running);
  const fault = useApp((state) => state.runningFault);
  const mends = useMender();
  const { refreshRunning } = useActions();
  if (!info) return null;
  return (
    <section className="preference" data-testid="plan">
      <h3>How contracts are read on this computer</h3>
      {fault !== null && (
        <div className="note note-bad" role="alert" data-testid="running-fault">
          <p>{fault}</p>
          <Button onClick={refreshRunning}>Try again</Button>
        </div>
      )}
      <Refusal preference={null} />
      {mends !== null && (
        <p className="preference-hint" data-testid="plan-refused">
          Not at all, as it is set now.{' '}
          <button type="button" className="link" onClick={() => showPreference(mends)}>
            Show what can be changed
          </button>
        </p>
      )}
      {running?.plan.refusal === null && (
        <p className="preference-hint">
          A contract is read in windows: overlapping pieces of text, each of which the model takes in at once.
        </p>
      )}
      <dl className="plan">
        <div>
          <dt>Model</dt>
          <dd>
            {info.model.name}. {info.model.description}
          </dd>
        </div>
        {running?.plan.reasons.map(({ about, text }) => (
          <div key={about}>
            <dt>{about}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        {running && running.plan.refusal === null && (
          <div>
            <dt>Time</dt>
            <dd data-testid="plan-time">{timeOf(running)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function timeOf({ plan, pages, contract }: RunningView): string {
  if (plan.seconds === null)
    return 'Not known yet. Measure this computer (below) or read a contract to find out.';
  const subject = contract === null ? 'A contract of usual length' : `“${contract}”`;
  return `${subject} (${counted(pages, 'page', 'pages')}) takes ${briefDuration(plan.seconds)}.`;
}

function showPreference(name: string): void {
  const field = document.querySelector(`[data-preference="${name}"]`);
  field?.scrollIntoView({ block: 'start' });
  field?.querySelector<HTMLElement>('input:checked, select, input')?.focus({ preventScroll: true });
}
