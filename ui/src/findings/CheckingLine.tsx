// A quiet line that says how far a second model has come with what is in doubt, and how that ended.
import { Button } from '../shared/Button';
import { ProgressBar } from '../shared/ProgressBar';
import { counted, roughDuration } from '../shared/format';
import type { Checking } from '../state/checking';
import type { Contract } from '../state/contract';
import { useActions } from '../state/react';
import './CheckingLine.css';

export function CheckingLine({ contract }: { contract: Contract }) {
  const { stopChecking, checkAgain } = useActions();
  const { key, check, stage } = contract;
  if (!check || stage !== 'done') return null;
  const running = check.stage === 'running';
  const goesOn = running || check.stage === 'paused';
  return (
    <div className="checking" data-testid="checking" data-stage={check.stage}>
      <p>{sentence(contract, check)}</p>
      {check.stage !== 'done' && (
        // One button with two meanings keeps the focus where it was.
        <Button
          kind="quiet"
          testId={goesOn ? 'stop-checking' : 'check-again'}
          onClick={() => (goesOn ? stopChecking(key) : checkAgain(key))}
        >
          {goesOn ? 'Stop' : check.stage === 'stopped' ? 'Check them' : 'Try again'}
        </Button>
      )}
      {running && (
        <ProgressBar value={share(check)} label="Share of the doubtful clauses that were checked" />
      )}
    </div>
  );
}

function share({ progress }: Checking): number {
  return progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
}

function sentence({ reading }: Contract, { stage, model, progress, stopping, message }: Checking): string {
  switch (stage) {
    case 'running': {
      if (stopping) return `Stopping ${model} …`;
      if (!progress || progress.total === 0) return `Checking doubtful clauses with ${model}`;
      const left = progress.secondsLeft;
      const time = left !== null && left > 0 ? `, ${roughDuration(left)} left` : '';
      return `Checking doubtful clauses with ${model}: ${progress.done} of ${progress.total}${time}`;
    }
    case 'paused':
      return `${model} goes on with the doubtful clauses when nothing is left to read.`;
    case 'stopped':
      return `Not all doubtful clauses were checked: ${model} was stopped.`;
    case 'failed':
      return `The doubtful clauses could not be checked. ${message ?? ''}`;
    case 'done': {
      const states = reading?.findings.flatMap((finding) => finding.check?.state ?? []) ?? [];
      if (states.length === 0) return `${model} was asked, and nothing was in doubt.`;
      const of = (wanted: string) => states.filter((state) => state === wanted).length;
      const found = `${of('confirmed')} confirmed, ${of('notConfirmed')} not, ${of('added')} added`;
      return `${model} looked at ${counted(states.length, 'doubtful clause', 'doubtful clauses')}: ${found}.`;
    }
  }
}
