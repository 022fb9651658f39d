// Sends what a person does in a review, one action after another, and shows at once what is expected of it.
import { toErrorView, type Backend, type ReadingView, type ReviewAction } from '../backend';
import { changeContract, findContract, type AppStore } from './appState';
import { expected, restored, withChecks } from './expected';

/** Something to be sent: an action, or a step back or forth. */
export type Step = ReviewAction | { kind: 'undo' } | { kind: 'redo' };

export interface Sent {
  /** The contract. */
  key: number;
  step: Step;
}

export interface ReviewWriter {
  send(key: number, step: Step): void;
}

export function createReviewWriter(
  store: AppStore,
  backend: Backend,
  on: {
    /** `before` is what the program had answered with until then. */
    done: (sent: Sent, before: ReadingView, answer: ReadingView) => void;
    failed: (sent: Sent, message: string) => void;
  },
): ReviewWriter {
  const waiting: Sent[] = [];
  /** What the program answered with last, by contract, while something of it waits. */
  const answered = new Map<number, ReadingView>();
  let busy = false;

  async function ask(id: number, step: Step): Promise<ReadingView> {
    if (step.kind === 'undo') return backend.undoReview(id);
    if (step.kind === 'redo') return backend.redoReview(id);
    return backend.review(id, step);
  }

  /** Shows a reading with all that is still to be sent. */
  function show(key: number, reading: ReadingView): void {
    const shown = waiting
      .filter((sent) => sent.key === key)
      .reduce((so, { step }) => withExpected(so, step), reading);
    changeContract(store, key, { reading: shown });
  }

  async function sendNext(sent: Sent): Promise<void> {
    const { key, step } = sent;
    const id = findContract(store, key)?.document?.id;
    const before = answered.get(key);
    if (id === undefined || !before) return;
    try {
      const answer = isIdle(step, before) ? before : await ask(id, step);
      waiting.shift();
      const reading = findContract(store, key)?.reading;
      if (!reading) return;
      const merged = withChecks(answer, reading);
      answered.set(key, merged);
      show(key, merged);
      on.done(sent, before, merged);
    } catch (reason) {
      waiting.shift();
      const reading = findContract(store, key)?.reading;
      if (reading) show(key, restored(reading, before));
      on.failed(sent, toErrorView(reason).message);
    }
  }

  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = waiting[0]; next; next = waiting[0]) {
      await sendNext(next);
      if (waiting[0] === next) waiting.shift();
    }
    answered.clear();
    busy = false;
  }

  return {
    send(key, step) {
      const before = findContract(store, key)?.reading;
      if (!before) return;
      if (!answered.has(key)) answered.set(key, before);
      waiting.push({ key, step });
      changeContract(store, key, { reading: withExpected(before, step) });
      void drain();
    },
  };
}

/** There is nothing to undo, or to do again. */
function isIdle({ kind }: Step, { review }: ReadingView): boolean {
  return (kind === 'undo' && review.undo === null) || (kind === 'redo' && review.redo === null);
}

function withExpected(reading: ReadingView, step: Step): ReadingView {
  return step.kind === 'undo' || step.kind === 'redo' ? reading : expected(reading, step);
}
