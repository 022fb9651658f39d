// The contract as it lies on the desk.
import { useRef } from 'react';
import type { DocumentView } from '../backend';
import { Waiting } from '../shared/Waiting';
import type { Contract } from '../state/contract';
import { PageColumn } from './PageColumn';
import { usePdf } from './usePdf';
import { useViewSize } from './useViewSize';
import './Viewer.css';

interface ViewerProps {
  contract: Contract;
  document: DocumentView;
}

export function Viewer({ contract, document }: ViewerProps) {
  const { pdf, fault } = usePdf(document.id, contract.password);
  const frame = useRef<HTMLElement>(null);
  const [{ width }] = useViewSize(frame);
  return (
    <section
      className="viewer"
      ref={frame}
      data-room={roomOf(width)}
      aria-label={`The contract ${contract.fileName}`}
    >
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

/** How much room the viewer has, for its styles: the window's width says little of it. */
function roomOf(width: number): 'enough' | 'little' | 'least' {
  if (width > 560) return 'enough';
  return width > 380 ? 'little' : 'least';
}
