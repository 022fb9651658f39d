// The two tables that can be written of a reading.
import { Button } from '../shared/Button';
import { useActions, useActiveContract, useApp } from '../state/react';

export function ExportButtons() {
  const contract = useActiveContract();
  const exporting = useApp((state) => state.exporting);
  const { exportCsv } = useActions();
  const disabled = !contract?.reading || exporting;
  const reason = contract?.reading ? '' : ' (once a contract has been read)';
  return (
    <div className="export" role="group" aria-label="Export">
      <Button
        icon="download"
        disabled={disabled}
        testId="export-findings"
        title={`A CSV table with one row a clause (s)${reason}`}
        onClick={() => void exportCsv('findings')}
      >
        Export CSV
      </Button>
      <Button
        disabled={disabled}
        testId="export-cuad"
        title={`A CSV table in CUAD's layout: one row a contract, two columns a category${reason}`}
        onClick={() => void exportCsv('cuad')}
      >
        CUAD layout
      </Button>
    </div>
  );
}
