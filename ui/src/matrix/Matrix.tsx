// All contracts by categories, in place of one contract.
import { useEffect, useRef } from 'react';
import type { MatrixView } from '../backend';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { Waiting } from '../shared/Waiting';
import { NO_FILTER } from '../state/matrix';
import { useActions, useApp } from '../state/react';
import { useKeptShelf } from './keptShelf';
import { MatrixGrid } from './MatrixGrid';
import { MatrixToolbar } from './MatrixToolbar';
import { useArranged } from './useArranged';
import './Matrix.css';

export function Matrix() {
  const view = useApp(({ matrix }) => matrix.view);
  const fault = useApp(({ matrix }) => matrix.fault);
  const read = useApp(
    ({ contracts }) => contracts.filter(({ stage, turn }) => stage === 'done' || turn === 'done').length,
  );
  const readBefore = useRef(read);
  const { refreshMatrix, refreshMatrixSoon } = useActions();
  useKeptShelf();
  // Anew whenever it is shown, and when another contract has been read meanwhile.
  useEffect(() => void refreshMatrix(), [refreshMatrix]);
  useEffect(() => {
    if (read !== readBefore.current) refreshMatrixSoon();
    readBefore.current = read;
  }, [refreshMatrixSoon, read]);

  return (
    <section className="matrix" aria-label="All contracts" data-testid="matrix">
      {fault !== null ? (
        <Fault message={fault} />
      ) : view === null ? (
        <div className="matrix-notice">
          <Waiting>What is known of your contracts is being gathered</Waiting>
        </div>
      ) : view.rows.length === 0 ? (
        <Nothing />
      ) : (
        <Filled view={view} />
      )}
    </section>
  );
}

function Filled({ view }: { view: MatrixView }) {
  const shown = useArranged(view);
  const { changeMatrix } = useActions();
  return (
    <>
      <MatrixToolbar view={view} shown={shown} />
      <MatrixGrid shown={shown} />
      {shown.rows.length === 0 && (
        <div className="matrix-none" role="status" data-testid="matrix-none">
          <p>No contract is as the filter wants it.</p>
          <Button onClick={() => changeMatrix({ filter: NO_FILTER })}>Show all contracts</Button>
        </div>
      )}
    </>
  );
}

function Nothing() {
  const { choose, showMatrix } = useActions();
  return (
    <div className="matrix-notice" data-testid="matrix-empty">
      <Icon name="columns" size={44} />
      <h2>No contracts to compare yet</h2>
      <p>
        Each contract that you open gets a line here, with what was found in it side by side with the others,
        and keeps it after you close it.
      </p>
      <Button
        kind="primary"
        icon="open"
        onClick={() => {
          showMatrix(false);
          void choose();
        }}
      >
        Choose contracts
      </Button>
    </div>
  );
}

function Fault({ message }: { message: string }) {
  const { refreshMatrix } = useActions();
  return (
    <div className="matrix-notice" role="alert" data-testid="matrix-fault">
      <Icon name="warning" size={36} />
      <h2>The contracts cannot be compared now</h2>
      <p>{message}</p>
      <Button kind="primary" onClick={() => void refreshMatrix()} testId="matrix-retry">
        Try again
      </Button>
    </div>
  );
}
