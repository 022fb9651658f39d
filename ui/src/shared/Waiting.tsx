// Says what is being waited for, with a sign of life before it.
import type { ReactNode } from 'react';
import './Waiting.css';

export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p className="waiting" role="status">
      <span className="waiting-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {children}
    </p>
  );
}
