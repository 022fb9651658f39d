// Goes to a clause of a contract that may not be read yet.
import { changeContract, findContract, type AppStore } from './appState';
import { arrange } from './arrange';
import type { Contract } from './contract';

const ON_ITS_WAY: Contract['stage'][] = ['opening', 'locked', 'waiting', 'reading'];

/**
 * Calls back when the contract is read, at once if it is. Not when that fails, nor when the person has gone to another
 * contract meanwhile. What is returned ends the waiting.
 */
export function onceRead(store: AppStore, key: number, then: (contract: Contract) => void): () => void {
  const inView = () => (store.getState().activeKey === key ? findContract(store, key) : null);
  const isSettled = () => {
    if (store.getState().activeKey !== key) return true;
    // The queue tells of a contract that was just added a little later.
    const contract = inView();
    if (!contract) return false;
    const isComing = contract.stage === 'done' && contract.reading === null;
    return !isComing && !ON_ITS_WAY.includes(contract.stage);
  };
  const finish = () => {
    const contract = inView();
    if (contract?.stage === 'done') then(contract);
  };
  if (isSettled()) {
    finish();
    return () => undefined;
  }
  const stop = store.subscribe(() => {
    if (!isSettled()) return;
    stop();
    finish();
  });
  return stop;
}

/** Selects the category's first clause in the list; where there is none, the contract is shown as it is. */
export function selectFirst(store: AppStore, { key, reading }: Contract, category: string): void {
  const { info, preferences } = store.getState();
  if (!reading || !info) return;
  const first = arrange(info.groups, reading.findings, preferences.thresholds)
    .flatMap(({ present }) => present)
    .find((entry) => entry.category.name === category)?.found[0];
  if (!first) return;
  changeContract(store, key, { selected: first.id });
  store.setState({ jump: { kind: 'finding', id: first.id } });
}
