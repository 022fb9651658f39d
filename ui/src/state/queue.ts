// Contracts are opened one after another, and read one after another, the one in view first.
import { toErrorView, type Backend } from '../backend';
import { changeContract, findContract, type AppStore } from './appState';
import { newContract, type Contract } from './contract';
import { readingWishes } from './wishes';

export interface Queue {
  /** Adds contracts and shows the first of them. */
  add(paths: string[]): void;
  unlock(key: number, password: string): void;
  /** Opens a contract that failed to open again, or reads one that is open. */
  retry(key: number): void;
  cancel(key: number): void;
  close(key: number): void;
}

/** `tellNotice` tells what happened to a graphics card during a reading. */
export function createQueue(store: AppStore, backend: Backend, tellNotice: (notice: string) => void): Queue {
  let lastKey = 0;
  const busy = { opening: false, reading: false };
  const change = (key: number, to: Partial<Contract>) => changeContract(store, key, to);

  async function open(contract: Contract): Promise<void> {
    const { key, path, password } = contract;
    change(key, { stage: 'opening', opening: null, message: null, dismissed: false });
    try {
      const document = await backend.openDocument(path, password, (opening) => change(key, { opening }));
      if (findContract(store, key)) change(key, { stage: 'waiting', document, refused: false });
      else await backend.closeDocument(document.id);
    } catch (reason) {
      const { code, message } = toErrorView(reason);
      const locked = code === 'passwordRequired' || code === 'wrongPassword';
      change(key, {
        stage: locked ? 'locked' : code === 'cancelled' ? 'cancelled' : 'openFailed',
        refused: code === 'wrongPassword',
        password: null,
        message,
      });
    }
  }

  async function read(contract: Contract): Promise<void> {
    const { key, document } = contract;
    if (!document) return;
    change(key, { stage: 'reading', progress: null, message: null, dismissed: false });
    const readWith = readingWishes(store.getState().preferences);
    try {
      const reading = await backend.readDocument(document.id, (progress) => change(key, { progress }));
      change(key, { stage: 'done', reading, readWith, check: null, selected: null, absent: null });
      reading.notices.forEach(tellNotice);
    } catch (reason) {
      const { code, message } = toErrorView(reason);
      change(key, code === 'cancelled' ? { stage: 'cancelled' } : { stage: 'readFailed', message });
    }
  }

  /** Works off what waits in a stage, one at a time. */
  async function drain(
    kind: keyof typeof busy,
    waiting: Contract['stage'],
    work: (contract: Contract) => Promise<void>,
  ): Promise<void> {
    if (busy[kind]) return;
    busy[kind] = true;
    for (let next = nextIn(waiting); next; next = nextIn(waiting)) {
      await work(next);
      if (kind === 'opening') void drain('reading', 'waiting', read);
    }
    busy[kind] = false;
  }

  function nextIn(stage: Contract['stage']): Contract | undefined {
    const { contracts, activeKey } = store.getState();
    const waiting = contracts.filter((contract) => contract.stage === stage);
    return waiting.find(({ key }) => key === activeKey) ?? waiting[0];
  }

  function pump(): void {
    void drain('opening', 'queued', open);
    void drain('reading', 'waiting', read);
  }

  return {
    add(paths) {
      const { contracts } = store.getState();
      const fresh = [...new Set(paths)]
        .filter((path) => !contracts.some((contract) => contract.path === path))
        .map((path) => newContract((lastKey += 1), path));
      const shown = fresh[0] ?? contracts.find(({ path }) => paths.includes(path));
      if (!shown) return;
      store.setState({ contracts: [...contracts, ...fresh], activeKey: shown.key });
      pump();
    },
    unlock(key, password) {
      change(key, { stage: 'queued', password });
      pump();
    },
    retry(key) {
      const contract = findContract(store, key);
      if (!contract) return;
      change(key, { stage: contract.document ? 'waiting' : 'queued', message: null });
      pump();
    },
    cancel(key) {
      const contract = findContract(store, key);
      if (contract?.stage === 'reading' && contract.document) {
        void backend.cancelReading(contract.document.id).catch(() => undefined);
      } else if (contract?.stage === 'waiting') change(key, { stage: 'cancelled' });
    },
    close(key) {
      const { contracts, activeKey } = store.getState();
      const at = contracts.findIndex((contract) => contract.key === key);
      const contract = contracts[at];
      if (!contract) return;
      const rest = contracts.filter((other) => other !== contract);
      const neighbour = rest[Math.min(at, rest.length - 1)]?.key ?? null;
      store.setState({ contracts: rest, activeKey: activeKey === key ? neighbour : activeKey });
      if (contract.document) void letGo(backend, contract.document.id, contract.stage === 'reading');
    },
  };
}

async function letGo(backend: Backend, id: number, reading: boolean): Promise<void> {
  try {
    if (reading) await backend.cancelReading(id);
    await backend.closeDocument(id);
  } catch {
    // The contract is gone from the window; that the program has lost it before changes nothing.
  }
}
