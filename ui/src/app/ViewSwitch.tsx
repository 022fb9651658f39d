// Whether one contract is in view, or all of them side by side.
import { useActions, useApp } from '../state/react';
import './ViewSwitch.css';

export function ViewSwitch() {
  const comparing = useApp(({ matrix }) => matrix.open);
  const { showMatrix } = useActions();
  const choice = (open: boolean, text: string, testId: string) => (
    <button
      type="button"
      aria-pressed={comparing === open}
      title={`${text} (m)`}
      data-testid={testId}
      onClick={() => showMatrix(open)}
    >
      {text}
    </button>
  );
  return (
    <div className="view-switch" role="group" aria-label="View">
      {choice(false, 'Contract', 'show-contract')}
      {choice(true, 'All contracts', 'show-matrix')}
    </div>
  );
}
