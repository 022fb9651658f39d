// The contract as it lies on the desk.
import type { DocumentView } from '../backend';
import { Waiting } from '../shared/Waiting';
import type { Contract } from '../state/contract';
import { PageColumn } from './PageColumn';
import { usePdf } from './usePdf';
import './Viewer.css';

interface ViewerProps {
  contract: Contract;
  document: DocumentView;
}

export function Viewer({ contract, document }: ViewerProps) {
  const { pdf, fault } = usePdf(document.id, contract.password);
  return (
    <section className="viewer" aria-label={`The contract ${contract.fileName}`}>
      {fault !== null ? (
        <div className="viewer-message" role="alert">
          <p>The pages of this contract cannot be shown. Its clauses are still listed.</p>
          <p className="viewer-detail">{fault}</p>
        </div>
      ) : pdf ? (
        <PageColumn key={contract.key} contract={contract} document={document} pdf={pdf} />
      ) : (
        <div className="viewer-message">
          <Waiting>The pages are being prepared</Waiting>
        </div>
      )}
    </section>
  );
}
