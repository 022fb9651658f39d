// The open contracts, when there are several, in the order in which they are read.
import { IconButton } from '../shared/IconButton';
import { ProgressBar } from '../shared/ProgressBar';
import { counted } from '../shared/format';
import { isBusy, shareRead, statusOf, type Contract } from '../state/contract';
import { useActions, useApp } from '../state/react';
import { describeStage } from './describeStage';
import './ContractRail.css';

export function ContractRail() {
  const contracts = useApp((state) => state.contracts);
  const activeKey = useApp((state) => state.activeKey);
  if (contracts.length < 2) return null;
  const done = contracts.filter(({ stage }) => stage === 'done').length;
  return (
    <nav className="rail" aria-label="Open contracts" data-testid="rail">
      <p className="rail-head">
        {counted(contracts.length, 'contract', 'contracts')}, {done} read
      </p>
      <ul>
        {contracts.map((contract) => (
          <RailItem key={contract.key} contract={contract} active={contract.key === activeKey} />
        ))}
      </ul>
    </nav>
  );
}

function RailItem({ contract, active }: { contract: Contract; active: boolean }) {
  const { activate, cancel, close } = useActions();
  const { key, fileName, stage } = contract;
  return (
    <li className="rail-item" data-testid="contract" data-status={statusOf(contract)} data-active={active}>
      <button
        type="button"
        className="rail-show"
        aria-current={active ? 'true' : undefined}
        title={contract.path}
        onClick={() => activate(key)}
      >
        <span className="rail-file">{fileName}</span>
        <span className="rail-stage">{describeStage(contract)}</span>
        {stage === 'reading' && <ProgressBar value={shareRead(contract)} label={`Reading ${fileName}`} />}
      </button>
      {isBusy(contract) ? (
        <IconButton
          icon="close"
          small
          label={`Cancel the reading of ${fileName}`}
          onClick={() => cancel(key)}
        />
      ) : (
        <IconButton icon="close" small label={`Close ${fileName}`} onClick={() => close(key)} />
      )}
    </li>
  );
}
