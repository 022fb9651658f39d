// The queue of the fixtures: contracts read one after another at a pretended pace, as the program does it.
import type { Backend } from './backend';
import { contractAt, dataRoom } from './fixtureContracts';
import type { QueueAction, QueueEntryView, QueueUpdate } from './types';

/** Where the reading of a contract without a pace stands still. */
const SLOW_STOP = 17;
const SECONDS_A_WINDOW = 0.9;
const SECONDS = 3.4;

interface QueueRoomOptions {
  /** Contracts of a data room that are in the queue from the start. */
  waiting: number;
  paused: boolean;
  note: (command: string, args: unknown) => void;
  sleep: (milliseconds: number) => Promise<void>;
  /** Whether the contract is open, so that its password is known. */
  isOpen: (path: string) => boolean;
}

export interface QueueRoom extends Pick<Backend, 'listenToQueue' | 'addToQueue' | 'changeQueue'> {
  /** How often a contract was read to its end. */
  timesRead(path: string): number;
}

interface Turn {
  id: number;
  stopped: boolean;
  stop: () => void;
  stopping: Promise<void>;
}

const nameOf = (path: string) => path.split('/').at(-1) ?? path;

export function createQueueRoom(options: QueueRoomOptions): QueueRoom {
  let entries: QueueEntryView[] = [];
  let paused = options.paused;
  let inView: number | null = null;
  let lastId = 0;
  let turn: Turn | null = null;
  let working = false;
  const reads = new Map<string, number>();
  const listeners = new Set<(update: QueueUpdate) => void>();

  const find = (id: number) => entries.find((entry) => entry.id === id);
  const waits = ({ stage }: QueueEntryView) =>
    stage === 'waiting' || stage === 'opening' || stage === 'reading';
  const failed = ({ stage }: QueueEntryView) => stage === 'openFailed' || stage === 'readFailed';

  function state(): QueueUpdate['state'] {
    const waiting = entries.filter(waits);
    const windows = waiting.reduce((sum, { path, progress }) => {
      const all = contractAt(path)?.windows ?? 0;
      return sum + all - (progress?.windowsDone ?? 0);
    }, 0);
    const isKnown = waiting.some(({ progress }) => (progress?.windowsDone ?? 0) > 1) || reads.size > 0;
    return {
      paused,
      inView,
      total: entries.length,
      done: entries.filter(({ stage }) => stage === 'done').length,
      failed: entries.filter(failed).length,
      waiting: waiting.length,
      secondsLeft: isKnown && waiting.length > 0 ? windows * SECONDS_A_WINDOW : null,
    };
  }

  function tell(changed: QueueEntryView[], moved = false, removed: number[] = []): void {
    const order = moved || removed.length > 0 ? entries.map(({ id }) => id) : null;
    const update: QueueUpdate = {
      entries: changed.map((entry) => ({ ...entry })),
      removed,
      order,
      state: state(),
    };
    listeners.forEach((listener) => listener(update));
  }

  function set(id: number, change: Partial<QueueEntryView>): void {
    const entry = find(id);
    if (!entry) return;
    Object.assign(entry, change);
    tell([entry]);
  }

  function add(paths: string[]): QueueEntryView[] {
    const fresh = [...new Set(paths)].filter((path) => !entries.some((entry) => entry.path === path));
    const made = fresh.map((path): QueueEntryView => {
      lastId += 1;
      const nothing = { message: null, opening: null, progress: null, seconds: null };
      return { id: lastId, path, fileName: nameOf(path), stage: 'waiting', ...nothing };
    });
    const again = entries.filter(
      (entry) => paths.includes(entry.path) && (failed(entry) || entry.stage === 'cancelled'),
    );
    again.forEach((entry) => Object.assign(entry, { stage: 'waiting', message: null }));
    entries.push(...made);
    return [...again, ...made];
  }

  const next = () =>
    paused
      ? undefined
      : (entries.find(({ id, stage }) => id === inView && stage === 'waiting') ??
        entries.find(({ stage }) => stage === 'waiting'));

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let entry = next(); entry; entry = next()) await take(entry);
    working = false;
  }

  async function take({ id, path, fileName, progress }: QueueEntryView): Promise<void> {
    const mine = begin(id);
    set(id, { stage: 'opening', message: null });
    await options.sleep(5);
    const contract = contractAt(path);
    const end = (change: Partial<QueueEntryView>) => {
      if (turn === mine) turn = null;
      if (!mine.stopped) set(id, { opening: null, progress: null, ...change });
    };
    const failure = contract ? contract.failure : `“${fileName}” is not there any more.`;
    if (!contract || failure) return end({ stage: 'openFailed', message: failure ?? null });
    if (contract.password && !options.isOpen(path)) return end({ stage: 'locked' });
    if (mine.stopped) return end({});
    options.note('queue_reads', { path });
    if (contract.readingFailure) return end({ stage: 'readFailed', message: contract.readingFailure });
    const { windows, windowTime } = contract;
    for (let done = progress?.windowsDone ?? 0; done <= windows && !mine.stopped; done += 1) {
      const secondsLeft = done < 2 ? null : (windows - done) * SECONDS_A_WINDOW;
      set(id, { stage: 'reading', progress: { windowsDone: done, windowsTotal: windows, secondsLeft } });
      if (windowTime === null && done >= SLOW_STOP) await mine.stopping;
      else await Promise.race([options.sleep(windowTime ?? 5), mine.stopping]);
    }
    if (!mine.stopped) reads.set(path, (reads.get(path) ?? 0) + 1);
    end({ stage: 'done', seconds: SECONDS });
  }

  function begin(id: number): Turn {
    let wake: () => void = () => undefined;
    const stopping = new Promise<void>((resolve) => (wake = resolve));
    const mine: Turn = {
      id,
      stopped: false,
      stopping,
      stop: () => {
        mine.stopped = true;
        wake();
      },
    };
    turn = mine;
    return mine;
  }

  function stopTurn(id?: number): void {
    if (turn && (id === undefined || turn.id === id)) turn.stop();
  }

  function act(action: QueueAction): void {
    switch (action.kind) {
      case 'pause':
      case 'resume': {
        paused = action.kind === 'pause';
        const current = turn ? find(turn.id) : undefined;
        if (paused) stopTurn();
        // What was read of it is kept; it goes on there.
        if (paused && current && waits(current)) current.stage = 'waiting';
        return tell(current ? [current] : []);
      }
      case 'cancel':
        stopTurn(action.id);
        return set(action.id, { stage: 'cancelled' });
      case 'retry':
        if (entries.some((entry) => entry.id === action.id && waits(entry))) return;
        return set(action.id, { stage: 'waiting', message: null, progress: null });
      case 'retryFailed': {
        const again = entries.filter(failed);
        again.forEach((entry) => Object.assign(entry, { stage: 'waiting', message: null }));
        return tell(again);
      }
      case 'remove':
        stopTurn(action.id);
        entries = entries.filter(({ id }) => id !== action.id);
        if (inView === action.id) inView = null;
        return tell([], false, [action.id]);
      case 'move': {
        const places = entries.flatMap((entry, index) => (waits(entry) ? [index] : []));
        const order = places.flatMap((index) => entries[index] ?? []);
        const from = order.findIndex(({ id }) => id === action.id);
        const to = { front: 0, earlier: from - 1, later: from + 1 }[action.to];
        const [moved] = from < 0 ? [] : order.splice(from, 1);
        if (!moved) return;
        order.splice(Math.max(0, to), 0, moved);
        places.forEach((index, at) => (entries[index] = order[at] ?? moved));
        return tell([], true);
      }
      case 'show':
        inView = action.id;
        return tell([]);
    }
  }

  add(dataRoom(options.waiting));
  return {
    timesRead: (path) => reads.get(path) ?? 0,
    listenToQueue: async (listener) => {
      listeners.add(listener);
      listener({
        entries: entries.map((entry) => ({ ...entry })),
        removed: [],
        order: entries.map(({ id }) => id),
        state: state(),
      });
      void work();
    },
    addToQueue: async (paths) => {
      options.note('add_to_queue', { paths });
      const changed = add(paths);
      if (changed.length > 0) tell(changed, true);
      void work();
      return paths.flatMap((path) => entries.find((entry) => entry.path === path)?.id ?? []);
    },
    changeQueue: async (action) => {
      options.note('change_queue', { action });
      act(action);
      void work();
    },
  };
}
