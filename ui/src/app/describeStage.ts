// What is going on with a contract, in a few words.
import { exactDuration, roughDuration } from '../shared/format';
import type { Contract } from '../state/contract';

export function describeStage({ stage, progress, opening, reading, check }: Contract): string {
  switch (stage) {
    case 'opening':
      return opening && opening.pagesTotal > 0
        ? `Opening, page ${opening.pagesDone} of ${opening.pagesTotal}`
        : 'Opening';
    case 'locked':
      return 'Needs its password';
    case 'openFailed':
      return 'Could not be opened';
    case 'waiting':
      return 'Waits to be read';
    case 'reading': {
      const left = progress?.secondsLeft ?? null;
      return left !== null && left > 0 ? `${capital(roughDuration(left))} left` : 'Being read';
    }
    case 'done':
      if (check?.stage === 'running' && check.progress)
        return `Read; ${check.progress.done} of ${check.progress.total} doubtful clauses checked`;
      return reading ? `Read in ${exactDuration(reading.seconds)}` : 'Read';
    case 'cancelled':
      return 'Cancelled';
    case 'readFailed':
      return 'Could not be read';
  }
}

/** The same in a long list, where how long each reading took would be noise. */
export function describeInRail(contract: Contract): string {
  const isChecked = contract.check?.stage === 'running';
  return contract.stage === 'done' && !isChecked ? 'Read' : describeStage(contract);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
