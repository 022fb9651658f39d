// "Fast now, accurate later": a second model checks what is in doubt, one contract at a time, when nothing is left to read.
import { toErrorView, type Backend, type ErrorView, type FindingView, type RefineProgress } from '../backend';
import { changeContract, findContract, type AppState, type AppStore } from './appState';
import type { Contract } from './contract';

/** How far the checking of a contract has come. */
export interface Checking {
  /** `paused`: reading goes before, and the checking begins again after it. */
  stage: 'running' | 'paused' | 'done' | 'stopped' | 'failed';
  /** Tells one checking from the next of the same contract. */
  run: number;
  model: string;
  progress: RefineProgress | null;
  /** It was asked to stop and has not done so yet. */
  stopping: boolean;
  /** Why it failed. */
  message: string | null;
}

export interface Checker {
  /** Ends the checking of a contract until it is asked for again. */
  stopChecking(key: number): void;
  /** Takes a checking up again that was stopped or failed. */
  checkAgain(key: number): void;
}

/** Something goes before: contracts on their way, or a measuring that would be spoilt. */
function isOccupied({ contracts, measuring, queue }: AppState): boolean {
  const ahead: Contract['stage'][] = queue.paused
    ? ['opening', 'reading']
    : ['opening', 'reading', 'waiting'];
  const onTheWay = contracts.some(({ stage }) => ahead.includes(stage));
  return onTheWay || measuring.stage === 'running';
}

/** Whether the contract has been read by another model than the one that checks, and was not checked by that. */
function isDue({ stage, document, reading, check }: Contract, model: string): boolean {
  if (stage !== 'done' || !document || !reading || reading.model === model) return false;
  return check === null || check.stage === 'paused' || check.model !== model;
}

const CANCELLED: ErrorView = { code: 'cancelled', message: 'The checking was cancelled.' };

export function createChecker(
  store: AppStore,
  backend: Backend,
  on: {
    /** Resolves when the program knows the preferences. */
    settled: () => Promise<void>;
    failure: (message: string) => void;
  },
): Checker {
  let lastRun = 0;
  let active: { run: number; key: number; id: number } | null = null;

  /** Changes a contract as long as the checking is still the one that was begun. */
  function change(key: number, run: number, to: (contract: Contract) => Partial<Contract>): void {
    const contract = findContract(store, key);
    if (contract?.check?.run === run) changeContract(store, key, to(contract));
  }

  function next(): Contract | null {
    const state = store.getState();
    const { refineWith } = state.preferences;
    if (refineWith === null || isOccupied(state)) return null;
    const due = state.contracts.filter((contract) => isDue(contract, refineWith));
    return due.find(({ key }) => key === state.activeKey) ?? due[0] ?? null;
  }

  async function check({ key, document }: Contract, model: string): Promise<void> {
    if (!document) return;
    const run = (lastRun += 1);
    active = { run, key, id: document.id };
    const begun: Checking = { stage: 'running', run, model, progress: null, stopping: false, message: null };
    changeContract(store, key, { check: begun });
    const end = (to: Partial<Checking>) => (contract: Contract) => ({
      check: contract.check && { ...contract.check, stopping: false, ...to },
    });
    try {
      await on.settled();
      const now = findContract(store, key)?.check;
      if (now?.run !== run || now.stage !== 'running' || now.stopping) throw CANCELLED;
      const reading = await backend.refineDocument(document.id, (progress) =>
        change(key, run, (contract) => withProgress(contract, progress)),
      );
      change(key, run, (contract) => ({
        ...end({ stage: 'done' })(contract),
        reading,
        selected: findAgain(contract, reading.findings),
      }));
    } catch (reason) {
      const { code, message } = toErrorView(reason);
      if (code === 'cancelled')
        change(key, run, (contract) =>
          contract.check?.stage === 'paused' ? end({})(contract) : end({ stage: 'stopped' })(contract),
        );
      else {
        change(key, run, end({ stage: 'failed', message }));
        if (findContract(store, key)?.check?.run === run) on.failure(message);
      }
    }
    active = null;
  }

  async function pump(): Promise<void> {
    if (active) return interrupt();
    for (let contract = next(); contract; contract = next()) {
      const { refineWith } = store.getState().preferences;
      if (refineWith === null) return;
      await check(contract, refineWith);
    }
  }

  /** Ends what runs when reading goes before, when its contract is gone, or when another model or none shall check. */
  function interrupt(): void {
    if (!active) return;
    const { run, key, id } = active;
    const state = store.getState();
    const contract = findContract(store, key);
    const running = contract?.check?.run === run && contract.check.stage === 'running';
    if (contract && !running) return;
    const unwanted = contract?.check?.model !== state.preferences.refineWith;
    if (contract && !unwanted && !isOccupied(state)) return;
    if (contract?.check) {
      // Without a model that checks, the contract stands as if none had been asked.
      const paused: Checking = { ...contract.check, stage: 'paused', progress: null };
      changeContract(store, key, { check: unwanted ? null : paused });
    }
    cancel(id);
  }

  function cancel(id: number): void {
    void backend.cancelRefining(id).catch(() => undefined);
  }

  store.subscribe((state, before) => {
    const concerns: (keyof AppState)[] = ['contracts', 'preferences', 'measuring', 'queue'];
    if (concerns.some((part) => state[part] !== before[part])) void pump();
  });

  return {
    stopChecking(key) {
      const contract = findContract(store, key);
      if (contract?.check?.stage === 'paused') {
        changeContract(store, key, { check: { ...contract.check, stage: 'stopped' } });
      } else if (contract?.check?.stage === 'running' && contract.document) {
        changeContract(store, key, { check: { ...contract.check, stopping: true } });
        cancel(contract.document.id);
      }
    },
    checkAgain: (key) => changeContract(store, key, { check: null }),
  };
}

/** The finding that was selected, under the number that it has in a newer reading. */
function findAgain({ reading, selected }: Contract, findings: FindingView[]): number | null {
  const was = reading?.findings.find(({ id }) => id === selected);
  const same = findings.find(
    ({ category, start, end }) =>
      was !== undefined && category === was.category && start === was.start && end === was.end,
  );
  return same?.id ?? null;
}

function withProgress({ check, reading }: Contract, progress: RefineProgress): Partial<Contract> {
  const checks = new Map(progress.checks.map(({ id, check: said }) => [id, said]));
  return {
    check: check && { ...check, progress },
    reading:
      reading && checks.size > 0
        ? {
            ...reading,
            findings: reading.findings.map((finding) => ({
              ...finding,
              check: checks.get(finding.id) ?? finding.check,
            })),
          }
        : reading,
  };
}
