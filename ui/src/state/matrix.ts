// All contracts side by side: what is shown of them, what is selected, and what is done with that.
import {
  toErrorView,
  type Backend,
  type CellName,
  type CellState,
  type MatrixRowView,
  type MatrixView,
} from '../backend';
import { counted } from '../shared/format';
import { changeContract, type AppStore, type Toast } from './appState';
import type { Contract } from './contract';
import type { MatrixFilter, MatrixShelf, MatrixSort, SortBy } from './matrixOrder';
import { contractsOf, NOTHING_SELECTED, type MatrixSelection } from './matrixSelection';
import { onceRead, selectFirst } from './openClause';

/** Where the focus of the matrix is, by names, so that it stays when the order changes; null is a head. */
export interface MatrixFocus {
  sha256: string | null;
  category: string | null;
}

export interface MatrixDesk {
  /** It is in view, in place of one contract. */
  open: boolean;
  view: MatrixView | null;
  /** Why it could not be told. */
  fault: string | null;
  sort: MatrixSort;
  filter: MatrixFilter;
  shelf: MatrixShelf;
  selection: MatrixSelection;
  /** Null until a person has been in the matrix. */
  focus: MatrixFocus | null;
  /** The selection is being decided about, or a table written. */
  busy: boolean;
}

export const NO_FILTER: MatrixFilter = { words: '', category: null, cell: null };

export const CLOSED_MATRIX: MatrixDesk = {
  open: false,
  view: null,
  fault: null,
  sort: { by: 'opened', category: null, descending: true },
  filter: NO_FILTER,
  shelf: { pinnedContracts: [], pinnedCategories: [], hiddenContracts: [], hiddenCategories: [] },
  selection: NOTHING_SELECTED,
  focus: null,
  busy: false,
};

/** More would leave no room for what they are compared with. */
export const MOST_PINNED = { contracts: 5, categories: 3 };

/** Milliseconds between two tellings while a queue is worked off: of thousands of contracts each is some megabytes. */
export const BETWEEN_TELLINGS = 3000;

export interface MatrixKeeper {
  /** Shows all contracts, or one. */
  showMatrix(open: boolean): void;
  refreshMatrix(): Promise<void>;
  /** Another contract was read: the matrix is told anew, but not more often than it can be looked at. */
  refreshMatrixSoon(): void;
  changeMatrix(change: Partial<Pick<MatrixDesk, 'filter' | 'selection' | 'focus' | 'shelf'>>): void;
  /** Sorts by a column; by the same column again, the other way round. */
  sortMatrix(by: SortBy, category?: string): void;
  pin(kind: 'contracts' | 'categories', name: string): void;
  hide(kind: 'contracts' | 'categories', name: string): void;
  acceptCells(cells: CellName[]): Promise<void>;
  /** Confirms that there is none where nothing was found. */
  confirmAbsentCells(cells: CellName[]): Promise<void>;
  exportMatrix(sha256s: string[], categories: string[]): Promise<void>;
  /** Shows a contract and, as soon as it is read, its first clause of the category. */
  openCell(row: MatrixRowView, category: string | null): Promise<void>;
}

export function createMatrixKeeper(
  store: AppStore,
  backend: Backend,
  on: {
    add: (paths: string[]) => Promise<number | null>;
    tell: (kind: Toast['kind'], title: string, detail: string | null) => void;
  },
): MatrixKeeper {
  let newest = 0;
  let askedAt = 0;
  let isDue = false;
  let stopWaiting: () => void = () => undefined;
  const desk = () => store.getState().matrix;
  const change = (to: Partial<MatrixDesk>) =>
    store.setState(({ matrix }) => ({ matrix: { ...matrix, ...to } }));

  async function whileBusy(what: string, work: () => Promise<void>): Promise<void> {
    if (desk().busy) return;
    change({ busy: true });
    try {
      await work();
    } catch (reason) {
      const { code, message } = toErrorView(reason);
      if (code !== 'cancelled') on.tell('bad', what, message);
    } finally {
      change({ busy: false });
    }
  }

  const decide = (cells: CellName[], { done, failed, open }: Deciding, tell: () => Promise<MatrixView>) =>
    whileBusy(failed, async () => {
      if (cells.length === 0) return;
      const view = await tell();
      newest += 1;
      change({ view, fault: null, selection: NOTHING_SELECTED });
      on.tell('good', done(counted(cells.length, 'cell', 'cells')), outcome(view, cells, open));
      await Promise.all(openOnes(store, cells).map((contract) => showDecisions(store, backend, contract)));
    });

  async function refreshMatrix(): Promise<void> {
    const number = (newest += 1);
    askedAt = Date.now();
    try {
      const view = await backend.matrix();
      if (number === newest) change({ view, fault: null });
    } catch (reason) {
      if (number === newest) change({ fault: toErrorView(reason).message });
    }
  }

  return {
    showMatrix(open) {
      stopWaiting();
      change({ open });
    },
    refreshMatrix,
    refreshMatrixSoon() {
      if (isDue) return;
      isDue = true;
      const wait = Math.max(0, askedAt + BETWEEN_TELLINGS - Date.now());
      setTimeout(() => {
        isDue = false;
        if (desk().open) void refreshMatrix();
      }, wait);
    },
    changeMatrix: change,
    sortMatrix(by, category) {
      const { sort } = desk();
      const name = category ?? null;
      const isSame = sort.by === by && sort.category === name;
      // Numbers and dates are looked for from the top, names from A.
      const first = by === 'opened' || by === 'pages' || by === 'reviewed';
      change({ sort: { by, category: name, descending: isSame ? !sort.descending : first } });
    },
    pin(kind, name) {
      const shelf = pinned(desk().shelf, kind, name);
      if (shelf) change({ shelf });
      else
        on.tell(
          'plain',
          `${MOST_PINNED[kind]} ${kind} are pinned already`,
          'Take one of the pins out first.',
        );
    },
    hide: (kind, name) => change({ shelf: hidden(desk().shelf, kind, name) }),
    acceptCells: (cells) => decide(cells, ACCEPTING, () => backend.acceptCells(cells)),
    confirmAbsentCells: (cells) => decide(cells, CONFIRMING, () => backend.confirmAbsentCells(cells)),
    exportMatrix: (sha256s, categories) =>
      whileBusy('The export failed', async () => {
        const exported = await backend.exportMatrix(sha256s, categories);
        if (exported)
          on.tell('good', `Exported ${counted(exported.rows, 'contract', 'contracts')}`, exported.path);
      }),
    async openCell(row, category) {
      stopWaiting();
      change({ open: false });
      const key = await on.add([row.path]);
      if (key === null || category === null) return;
      stopWaiting();
      stopWaiting = onceRead(store, key, (contract) => selectFirst(store, contract, category));
    },
  };
}

/** What is said of a decision about many cells, and the state of a cell that still waits for it. */
interface Deciding {
  done: (cells: string) => string;
  failed: string;
  open: CellState;
}

const ACCEPTING: Deciding = {
  done: (cells) => `Accepted ${cells}`,
  failed: 'The clauses were not accepted',
  open: 'unreviewed',
};
const CONFIRMING: Deciding = {
  done: (cells) => `Confirmed that there is none in ${cells}`,
  failed: 'It was not confirmed that there is none',
  open: 'missing',
};

/** The contracts of cells that are open and were read. */
function openOnes(store: AppStore, cells: CellName[]): Contract[] {
  const accepted = new Set(cells.map(({ sha256 }) => sha256));
  return store
    .getState()
    .contracts.filter(({ document, reading }) => reading !== null && accepted.has(document?.sha256 ?? ''));
}

/** Shows in an open contract what was decided in the matrix. */
async function showDecisions(store: AppStore, backend: Backend, { key, document }: Contract): Promise<void> {
  if (!document) return;
  const reading = await backend.currentReading(document.id);
  changeContract(store, key, { reading });
}

/** Where the pins are after one more, or one less; null where there is no room for it. */
function pinned(shelf: MatrixShelf, kind: 'contracts' | 'categories', name: string): MatrixShelf | null {
  const key = kind === 'contracts' ? 'pinnedContracts' : 'pinnedCategories';
  if (shelf[key].includes(name)) return { ...shelf, [key]: shelf[key].filter((other) => other !== name) };
  return shelf[key].length < MOST_PINNED[kind] ? { ...shelf, [key]: [...shelf[key], name] } : null;
}

/** Hides, or shows again. What is hidden is not pinned any more. */
function hidden(shelf: MatrixShelf, kind: 'contracts' | 'categories', name: string): MatrixShelf {
  const [hides, pins] =
    kind === 'contracts'
      ? (['hiddenContracts', 'pinnedContracts'] as const)
      : (['hiddenCategories', 'pinnedCategories'] as const);
  const without = (names: string[]) => names.filter((other) => other !== name);
  return shelf[hides].includes(name)
    ? { ...shelf, [hides]: without(shelf[hides]) }
    : { ...shelf, [hides]: [...shelf[hides], name], [pins]: without(shelf[pins]) };
}

/** In how many contracts, and what is left. */
function outcome(view: MatrixView, cells: CellName[], open: CellState): string {
  const rows = new Map(view.rows.map((row) => [row.sha256, row]));
  const places = new Map(view.categories.map((category, at) => [category, at]));
  const left = cells.filter(
    ({ sha256, category }) => rows.get(sha256)?.cells[places.get(category) ?? -1]?.state === open,
  ).length;
  const where = `In ${counted(contractsOf(cells), 'contract', 'contracts')}.`;
  return left === 0 ? where : `${where} ${counted(left, 'cell', 'cells')} of them still wait for a decision.`;
}
