// The line at the foot: the promise, what is going on, and the model.
import { Icon } from '../shared/Icon';
import { ProgressBar } from '../shared/ProgressBar';
import { exactDuration, roughDuration } from '../shared/format';
import { isBusy, shareRead, statusOf, type Contract } from '../state/contract';
import { useActions, useActiveContract, useApp } from '../state/react';
import { describeStage } from './describeStage';
import './StatusLine.css';

export function StatusLine() {
  const contract = useActiveContract();
  const comparing = useApp(({ matrix }) => matrix.open);
  const info = useApp((state) => state.info);
  return (
    <footer className="status-line">
      <span className="status-promise">
        <Icon name="shield" size={15} />
        Everything stays on this computer
      </span>
      {contract && !(comparing && contract.stage === 'done') && <ReadingStatus contract={contract} />}
      <span className="status-model" title={info?.model.description}>
        {contract?.reading?.model ?? info?.model.name}
      </span>
    </footer>
  );
}

function ReadingStatus({ contract }: { contract: Contract }) {
  const { cancel } = useActions();
  return (
    <span className="status-reading" data-testid="reading-status" data-status={statusOf(contract)}>
      {contract.stage === 'reading' && (
        <ProgressBar value={shareRead(contract)} label="Share of the contract that has been read" />
      )}
      <span>{sentence(contract)}</span>
      {isBusy(contract) && (
        <button
          type="button"
          className="status-cancel"
          data-testid="cancel-reading"
          onClick={() => cancel(contract.key)}
        >
          Cancel
        </button>
      )}
    </span>
  );
}

function sentence(contract: Contract): string {
  const { stage, progress, reading } = contract;
  if (stage === 'done' && reading) return `Read in ${exactDuration(reading.seconds)}`;
  if (stage !== 'reading' || !progress) return describeStage(contract);
  const passages = `Reading passage ${progress.windowsDone} of ${progress.windowsTotal}`;
  const left = progress.secondsLeft;
  return left !== null && left > 0 ? `${passages}, ${roughDuration(left)} left` : passages;
}
