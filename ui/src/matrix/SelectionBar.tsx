// Below the grid, so that no cell moves when it appears: how much is selected, and what can be done with it.
import { useMemo, useState } from 'react';
import { Button } from '../shared/Button';
import { counted } from '../shared/format';
import type { MatrixArrangement } from '../state/matrixOrder';
import { NOTHING_SELECTED, selectedCells } from '../state/matrixSelection';
import { useActions, useApp } from '../state/react';
import { AcceptDialog } from './AcceptDialog';

export function SelectionBar({ shown }: { shown: MatrixArrangement }) {
  const selection = useApp(({ matrix }) => matrix.selection);
  const busy = useApp(({ matrix }) => matrix.busy);
  const { changeMatrix } = useActions();
  const [asking, setAsking] = useState(false);
  const selected = useMemo(() => selectedCells(selection, shown), [selection, shown]);
  const left = selected.acceptable.length;
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
            onClick={() => setAsking(true)}
          >
            {`Accept ${counted(left, 'cell', 'cells')}…`}
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
      {asking && <AcceptDialog selected={selected} onClose={() => setAsking(false)} />}
    </div>
  );
}
