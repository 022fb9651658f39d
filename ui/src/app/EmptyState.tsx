// The window before a contract is open.
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { useActions } from '../state/react';
import './EmptyState.css';

export function EmptyState() {
  const { choose, chooseFolder } = useActions();
  return (
    <div className="empty" data-testid="empty">
      <div className="empty-card">
        <Icon name="document" size={44} />
        <h2>Drop a contract here</h2>
        <p>
          PDF files, or a folder of them. Proviso reads each one on this computer and marks the clauses that
          matter, from the governing law to the cap on liability.
        </p>
        <div className="empty-buttons">
          <Button kind="primary" icon="open" onClick={() => void choose()} testId="open-empty">
            Choose contracts
          </Button>
          <Button icon="folder" onClick={() => void chooseFolder()} testId="folder-empty">
            Choose a folder
          </Button>
        </div>
        <p className="empty-promise">
          <Icon name="shield" size={15} /> No document, no text and no result leaves this computer.
        </p>
      </div>
    </div>
  );
}
