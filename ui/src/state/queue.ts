// The contracts of the queue as the program tells of them, and those of them that are open. The program reads; what is looked at is
// opened here.
import { toErrorView, type Backend, type QueueAction, type QueueMove, type QueueUpdate } from '../backend';
import { changeContract, findContract, type AppStore } from './appState';
import { contractOf, told, type Contract } from './contract';
import { readingWishes } from './wishes';

export interface Queue {
  /** Adds contracts and shows the first of them; answers with its key. */
  add(paths: string[]): Promise<number | null>;
  /** Shows a contract, opening it where it is not. */
  activate(key: number): void;
  unlock(key: number, password: string): void;
  /** Opens a contract that failed to open again, or reads one again. */
  retry(key: number): void;
  retryFailed(): void;
  cancel(key: number): void;
  /** Takes a contract out of the queue. What was read and decided of it is kept. */
  close(key: number): void;
  move(key: number, to: QueueMove): void;
  pause(paused: boolean): void;
}

export interface QueueKeeper extends Queue {
  /** Begins to hear of the queue. */
  begin(): Promise<void>;
}

interface Told {
  /** What happened to a graphics card during a reading. */
  notice: (notice: string) => void;
  failure: (message: string) => void;
}

/** Open contracts, each with its file and its text in memory. The one that was not looked at for longest goes first. */
export const MOST_OPEN = 6;

export function createQueue(store: AppStore, backend: Backend, on: Told): QueueKeeper {
  /** Keys in the order in which they were looked at last, the newest at the end. */
  let looked: number[] = [];
  let beside = Promise.resolve();
  /** Documents whose reading is being asked for, and those that were read again because there was none. */
  const settling = new Set<number>();
  const readAgain = new Set<number>();
  const change = (key: number, to: Partial<Contract>) => changeContract(store, key, to);
  const isActive = (key: number) => store.getState().activeKey === key;
  const act = (action: QueueAction) =>
    void backend.changeQueue(action).catch((reason: unknown) => on.failure(toErrorView(reason).message));

  function take({ entries, removed, order, state }: QueueUpdate): void {
    const before = store.getState();
    const known = new Map(before.contracts.map((contract) => [contract.key, contract]));
    for (const entry of entries) known.set(entry.id, told(known.get(entry.id) ?? contractOf(entry), entry));
    const contracts = (order ?? before.contracts.map(({ key }) => key)).flatMap(
      (key) => known.get(key) ?? [],
    );
    const activeKey = removed.includes(before.activeKey ?? -1)
      ? neighbour(before.contracts, removed)
      : before.activeKey;
    store.setState({ contracts, queue: state, activeKey });
    for (const key of removed) letGo(known.get(key)?.document?.id);
    if (activeKey !== before.activeKey && activeKey !== null) show(activeKey);
    for (const { id } of entries) if (isActive(id)) void open(id);
    for (const { id, stage } of entries) {
      // What was read before the window was opened is opened when somebody looks at it.
      if (stage !== 'done' || !before.contracts.some(({ key }) => key === id)) continue;
      if (findContract(store, id)?.document) void settle(id);
      else openBeside(id);
    }
  }

  /** Opens a contract that was just read, as long as there is room, so that it is there when somebody goes to it. */
  function openBeside(key: number): void {
    beside = beside.then(async () => {
      const { contracts } = store.getState();
      const count = contracts.filter(({ document, isOpening }) => document !== null || isOpening).length;
      if (count < MOST_OPEN) await open(key);
    });
  }

  /** Opens a contract that is looked at. */
  async function open(key: number, password: string | null = null): Promise<void> {
    const contract = findContract(store, key);
    if (!contract || contract.document || contract.isOpening) return;
    if (password === null && (contract.stage === 'locked' || contract.stage === 'openFailed')) return;
    change(key, { isOpening: true, password, opening: null });
    try {
      const document = await backend.openDocument(contract.path, password, (opening) =>
        change(key, { opening }),
      );
      const now = findContract(store, key);
      if (!now) return letGo(document.id);
      // What the queue could not open by itself is open now.
      const wasStuck = now.turn === 'locked' || now.turn === 'openFailed';
      const stage = wasStuck ? 'waiting' : now.turn;
      // Why it could not be read stays told beside its pages.
      const message = stage === 'readFailed' ? now.message : null;
      change(key, { document, refused: false, isOpening: false, stage, message });
      if (wasStuck) act({ kind: 'retry', id: key });
      await settle(key);
      makeRoom();
    } catch (reason) {
      const { code, message } = toErrorView(reason);
      const locked = code === 'passwordRequired' || code === 'wrongPassword';
      const stage = locked ? 'locked' : 'openFailed';
      change(key, { isOpening: false, stage, refused: code === 'wrongPassword', password: null, message });
    }
  }

  /** Takes over the reading of a contract that is open and was read. */
  async function settle(key: number): Promise<void> {
    const contract = findContract(store, key);
    const document = contract?.document;
    if (!document || contract.turn !== 'done' || (contract.stage === 'done' && contract.reading)) return;
    if (settling.has(document.id)) return;
    settling.add(document.id);
    const readWith = readingWishes(store.getState().preferences);
    try {
      const reading = await backend.knownReading(document.id);
      if (findContract(store, key)?.document !== document) return;
      if (!reading) return readAnew(key, document.id);
      const fresh = { check: null, selected: null, absent: null };
      change(key, { stage: 'done', reading, readWith, progress: null, ...fresh });
      reading.notices.forEach(on.notice);
    } catch (reason) {
      change(key, { stage: 'readFailed', message: toErrorView(reason).message });
    } finally {
      settling.delete(document.id);
    }
  }

  /** It was read in another setting, or lies on the disk with other bytes than it was opened with. */
  function readAnew(key: number, documentId: number): void {
    if (!readAgain.has(documentId)) {
      readAgain.add(documentId);
      act({ kind: 'retry', id: key });
      return;
    }
    change(key, { document: null });
    letGo(documentId);
    if (isActive(key)) void open(key);
  }

  /** Closes what was not looked at for longest, where too much is open. */
  function makeRoom(): void {
    const { contracts, activeKey } = store.getState();
    const openOnes = contracts.filter(
      ({ key, document, check }) => document && key !== activeKey && check?.stage !== 'running',
    );
    const byUse = openOnes.sort((a, b) => looked.indexOf(a.key) - looked.indexOf(b.key));
    for (const { key, document, turn } of byUse.slice(0, Math.max(0, byUse.length + 1 - MOST_OPEN))) {
      const nothing = { reading: null, check: null, selected: null, absent: null };
      change(key, { document: null, password: null, stage: turn, ...nothing });
      letGo(document?.id);
    }
  }

  function letGo(id: number | undefined): void {
    // The contract is gone from the window; that the program has lost it before changes nothing.
    if (id !== undefined) void backend.closeDocument(id).catch(() => undefined);
  }

  function show(key: number): void {
    looked = [...looked.filter((other) => other !== key), key];
    store.setState({ activeKey: key, jump: null, selection: null });
    act({ kind: 'show', id: key });
    void open(key);
  }

  return {
    async begin() {
      let first = true;
      await backend.listenToQueue((update) => {
        take(update);
        const shown = first ? (update.state.inView ?? update.order?.[0]) : undefined;
        first = false;
        if (shown !== undefined) show(shown);
      });
    },
    async add(paths) {
      if (paths.length === 0) return null;
      const [first] = await backend.addToQueue(paths);
      if (first === undefined) return null;
      show(first);
      return first;
    },
    activate: show,
    unlock: (key, password) => void open(key, password),
    retry(key) {
      const contract = findContract(store, key);
      if (!contract) return;
      // Where only the window could not open it, the queue has nothing to do again.
      const onlyHere = contract.stage === 'openFailed' && contract.turn !== 'openFailed';
      change(key, { stage: onlyHere ? contract.turn : 'waiting', message: null });
      if (!onlyHere) act({ kind: 'retry', id: key });
      if (isActive(key)) void open(key);
    },
    retryFailed: () => act({ kind: 'retryFailed' }),
    cancel: (key) => act({ kind: 'cancel', id: key }),
    close: (key) => act({ kind: 'remove', id: key }),
    move: (key, to) => act({ kind: 'move', id: key, to }),
    pause: (paused) => act({ kind: paused ? 'pause' : 'resume' }),
  };
}

/** The contract that takes the place of one that is gone. */
function neighbour(before: Contract[], removed: number[]): number | null {
  const at = before.findIndex(({ key }) => removed.includes(key));
  const left = before.filter(({ key }) => !removed.includes(key));
  return left[Math.min(at, left.length - 1)]?.key ?? null;
}
