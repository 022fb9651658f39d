// What a reviewed contract can be written as: the usual table at once, the others in a menu.
import type { ExportFormat } from '../backend';
import { Button } from '../shared/Button';
import { MenuButton } from '../shared/MenuButton';
import { useActions, useActiveContract, useApp } from '../state/react';

const FORMATS: { format: ExportFormat; title: string; detail: string }[] = [
  {
    format: 'workbook',
    title: 'Excel workbook',
    detail: 'One row a clause, with dates as dates and links to the pages',
  },
  {
    format: 'annotatedPdf',
    title: 'Annotated PDF',
    detail: 'A copy of the contract with its clauses highlighted; the original stays as it is',
  },
  { format: 'calendar', title: 'Key dates', detail: 'The days among the answers, for a calendar (.ics)' },
  { format: 'cuad', title: 'CUAD layout', detail: 'One row a contract, two columns a category (CSV)' },
  { format: 'json', title: 'JSON', detail: 'Everything, for other programs' },
  { format: 'receipt', title: 'Run receipt', detail: 'What read the contract and how, to check it later' },
];

export function ExportButtons() {
  const contract = useActiveContract();
  const exporting = useApp((state) => state.exporting);
  const { exportContract } = useActions();
  const disabled = !contract?.reading || exporting;
  const reason = contract?.reading ? '' : ' (once a contract has been read)';
  const items = FORMATS.map(({ format, title, detail }) => ({
    title,
    detail,
    testId: `export-${format}`,
    onChoose: () => void exportContract(format),
  }));
  return (
    <div className="export" role="group" aria-label="Export">
      <Button
        icon="download"
        disabled={disabled}
        testId="export-findings"
        title={`A CSV table with one row a clause (s)${reason}`}
        onClick={() => void exportContract('findings')}
      >
        Export CSV
      </Button>
      <MenuButton items={items} disabled={disabled} testId="export-more" title={`Other formats${reason}`}>
        More
      </MenuButton>
    </div>
  );
}
