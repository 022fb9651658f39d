// Tells a screen reader how the reading goes on, in steps of a quarter.
import { counted } from '../shared/format';
import { hasFailed, shareRead, type Contract } from '../state/contract';
import { useActiveContract, useArrangement } from '../state/react';

export function LiveRegion() {
  const contract = useActiveContract();
  const found = useArrangement().reduce((sum, { count }) => sum + count, 0);
  return (
    <p className="visually-hidden" role="status" aria-live="polite" data-testid="live">
      {contract ? announce(contract, found) : ''}
    </p>
  );
}

/** That a second model has begun or ended; what lies between is not read aloud. */
function checked({ check }: Contract): string {
  if (check?.stage === 'running') return `. ${check.model} checks the doubtful ones`;
  return check?.stage === 'done' ? `. ${check.model} has checked the doubtful ones` : '';
}

function announce(contract: Contract, found: number): string {
  const { fileName, stage, message } = contract;
  if (stage === 'reading') {
    const quarter = Math.floor(shareRead(contract) * 4) * 25;
    return quarter === 0 ? `Reading ${fileName}` : `${quarter} percent of ${fileName} read`;
  }
  if (stage === 'done')
    return `${fileName} is read: ${counted(found, 'clause', 'clauses')} found${checked(contract)}`;
  if (stage === 'cancelled') return `The reading of ${fileName} was cancelled`;
  return hasFailed(contract) ? (message ?? '') : '';
}
