// Below the grid, so that no cell moves when it appears: how much is selected, and what can be done with it.
import { useMemo, useState } from 'react';
import { Button } from '../shared/Button';
import { counted } from '../shared/format';
import type { MatrixArrangement } from '../state/matrixOrder';
import { NOTHING_SELECTED, selectedCells } from '../state/matrixSelection';
import { useActions, useApp } from '../state/react';
import { DecideDialog, type DecisionKind } from './DecideDialog';

export function SelectionBar({ shown }: { shown: MatrixArrangement }) {
  const selection = useApp(({ matrix }) => matrix.selection);
  const busy = useApp(({ matrix }) => matrix.busy);
  const { changeMatrix } = useActions();
  const [asking, setAsking] = useState<DecisionKind | null>(null);
  const selected = useMemo(() => selectedCells(selection, shown), [selection, shown]);
  const { acceptable, empty } = selected;
  const left = acceptable.length;
  return (
    <div className="matrix-selection" data-any={selected.count > 0} data-testid="matrix-selection">
      <p role="status">
        {selected.count > 0 &&
          `${counted(selected.count, 'cell', 'cells')} selected, ${left.toLocaleString('en')} to review`}
      </p>
      {selected.count > 0 && (
        <>
          <Button
            kind="primary"
            icon="check"
            testId="accept-cells"
            disabled={left === 0 || busy}
            title={left === 0 ? 'Nothing in these cells is left to be accepted' : undefined}
            onClick={() => setAsking('accept')}
          >
            {`Accept ${counted(left, 'cell', 'cells')}…`}
          </Button>
          <Button
            testId="confirm-none-cells"
            disabled={empty.length === 0 || busy}
            title={
              empty.length === 0
                ? 'In each of these cells something was found or decided, or the contract is not read'
                : undefined
            }
            onClick={() => setAsking('none')}
          >
            {`Confirm none in ${counted(empty.length, 'cell', 'cells')}…`}
          </Button>
          <Button
            kind="quiet"
            testId="clear-selection"
            title="Select nothing (Esc)"
            onClick={() => changeMatrix({ selection: NOTHING_SELECTED })}
          >
            Select nothing
          </Button>
        </>
      )}
      {asking && (
        <DecideDialog
          kind={asking}
          cells={asking === 'accept' ? acceptable : empty}
          rest={selected.count - (asking === 'accept' ? acceptable : empty).length}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
