// Short reports of what was done. They stay until they are put away or have been there a while.
import { useEffect } from 'react';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { IconButton } from '../shared/IconButton';
import type { Toast } from '../state/appState';
import { useActions, useApp } from '../state/react';
import './Toasts.css';

const STAY = { good: 12_000, plain: 8_000, bad: 30_000 };

export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast: { id, kind, title, detail, undo: undoIn } }: { toast: Toast }) {
  const { dismissToast, undo } = useActions();
  useEffect(() => {
    const timer = setTimeout(() => dismissToast(id), STAY[kind]);
    return () => clearTimeout(timer);
  }, [id, kind, dismissToast]);
  return (
    <div className="toast" data-testid="toast" data-kind={kind}>
      <Icon name={kind === 'bad' ? 'warning' : 'check'} />
      <div className="toast-words">
        <p className="toast-title">{title}</p>
        {detail !== null && <p className="toast-detail">{detail}</p>}
      </div>
      {undoIn !== undefined && (
        <Button
          kind="quiet"
          title="Undo this step (z)"
          testId="toast-undo"
          onClick={() => {
            dismissToast(id);
            undo(undoIn);
          }}
        >
          Undo
        </Button>
      )}
      <IconButton icon="close" small label="Put this message away" onClick={() => dismissToast(id)} />
    </div>
  );
}
