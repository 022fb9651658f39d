// What stands in the middle for a contract: its pages, or why there are none.
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { Waiting } from '../shared/Waiting';
import type { Contract } from '../state/contract';
import { useActions } from '../state/react';
import { Viewer } from '../viewer/Viewer';
import { EditBanner } from './EditBanner';
import './ContractDesk.css';

export function ContractDesk({ contract }: { contract: Contract }) {
  const { retry, close } = useActions();
  const { key, stage, document, fileName, message, opening, isOpening } = contract;
  if (document)
    return (
      <div className="desk-pages">
        <Viewer contract={contract} document={document} />
        <EditBanner />
      </div>
    );
  if (stage === 'openFailed') {
    return (
      <div className="desk desk-failed" role="alert" data-testid="open-failed">
        <Icon name="warning" size={34} />
        <h2>{fileName} could not be opened</h2>
        <p>{message}</p>
        <div className="desk-buttons">
          <Button kind="primary" onClick={() => retry(key)}>
            Try again
          </Button>
          <Button onClick={() => close(key)}>Close this contract</Button>
        </div>
      </div>
    );
  }
  if (stage === 'locked' || (stage === 'cancelled' && !isOpening)) {
    return (
      <div className="desk">
        <Icon name="lock" size={34} />
        <h2>{fileName} is not open</h2>
        <p>{stage === 'locked' ? 'It is protected by a password.' : 'Opening it was cancelled.'}</p>
        {stage === 'cancelled' && <Button onClick={() => retry(key)}>Open</Button>}
      </div>
    );
  }
  const pages =
    opening && opening.pagesTotal > 0 ? `, page ${opening.pagesDone} of ${opening.pagesTotal}` : '';
  return (
    <div className="desk">
      <Waiting>{`${fileName} is being opened${pages}`}</Waiting>
    </div>
  );
}
