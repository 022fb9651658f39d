// Shows on `body` what the window is doing, for tests and for the title.
import { useEffect } from 'react';
import { statusOf } from '../state/contract';
import { useActiveContract, useApp } from '../state/react';

/** `starting`, `broken`, `empty`, or the status of the contract in view. */
export function useBodyState(): void {
  const phase = useApp((state) => state.phase);
  const contract = useActiveContract();
  const state = phase !== 'ready' ? phase : contract ? statusOf(contract) : 'empty';
  const title = contract ? `${contract.fileName} – Proviso` : 'Proviso';
  useEffect(() => {
    document.body.dataset.state = state;
    document.title = title;
  }, [state, title]);
}
