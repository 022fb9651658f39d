// All contracts side by side, as the fixtures pretend: a few that can be opened, and as many more as are asked for.
import type { Backend } from './backend';
import { CONTRACTS, type FixtureRecord } from './fixtureContracts';
import { inventedRow } from './fixtureMatrixRows';
import type { CellName, ErrorView, GroupView, MatrixCellView, MatrixRowView, MatrixView } from './types';

export interface MatrixSetup {
  /** Told at once, never, or refused. */
  course: 'ends' | 'stands' | 'fails';
  /** How many contracts there are. */
  contracts: number;
}

/** Opened contracts first; what they hold is in their own files. */
const OPENED = ['agreement', 'nda'];
/** The last opening, in milliseconds since 1970, and the time between two. */
const NEWEST = Date.UTC(2026, 2, 2, 9, 41);
const BETWEEN = 5.3 * 3_600_000;

interface Room {
  json: <T>(file: string) => Promise<T>;
  note: (command: string, args: unknown) => void;
  failure: (code: ErrorView['code'], message: string) => ErrorView;
}

export function createMatrixRoom(
  setup: MatrixSetup,
  { json, note, failure }: Room,
): Pick<Backend, 'matrix' | 'acceptCells' | 'confirmAbsentCells' | 'exportMatrix'> {
  let kept: MatrixView | null = null;
  let failures = setup.course === 'fails' ? 1 : 0;

  async function load(): Promise<MatrixView> {
    const groups = await json<GroupView[]>('groups.json');
    const all = groups.flatMap(({ categories }) => categories);
    const opened = await Promise.all(
      OPENED.slice(0, setup.contracts).map(async (name, at) => {
        const path = CONTRACTS[name]?.path ?? '';
        const record = await json<FixtureRecord>(`${CONTRACTS[name]?.source}.json`);
        return openedRow(path, record, all, NEWEST - at * BETWEEN);
      }),
    );
    const invented = Array.from({ length: Math.max(0, setup.contracts - OPENED.length) }, (_, index) =>
      inventedRow(index, all, NEWEST - (index + OPENED.length) * BETWEEN),
    );
    return { categories: all.map(({ name }) => name), rows: [...opened, ...invented] };
  }

  return {
    matrix: async () => {
      note('matrix', {});
      if (setup.course === 'stands') await new Promise(() => undefined);
      if (failures > 0) {
        failures -= 1;
        throw failure('failed', 'The records of your contracts could not be read: the disk does not answer.');
      }
      return (kept ??= await load());
    },
    acceptCells: async (cells) => {
      note('accept_cells', { cells });
      kept = decided(kept ?? (await load()), cells, 'unreviewed', 'accepted');
      return kept;
    },
    confirmAbsentCells: async (cells) => {
      note('confirm_absent_cells', { cells });
      kept = decided(kept ?? (await load()), cells, 'missing', 'absent');
      return kept;
    },
    exportMatrix: async (sha256s, categories) => {
      note('export_matrix', { sha256s, categories });
      return { path: '/home/lawyer/Contracts/All contracts.xlsx', rows: sha256s.length };
    },
  };
}

function openedRow(
  path: string,
  { sha256, pages, findings }: FixtureRecord,
  categories: GroupView['categories'],
  openedAt: number,
): MatrixRowView {
  const cells = categories.map(({ name, threshold }): MatrixCellView => {
    const found = findings.filter(({ category, confidence }) => category === name && confidence >= threshold);
    const [best] = [...found].sort((a, b) => b.confidence - a.confidence);
    if (!best) return { state: 'missing', text: null, clauses: 0, confidence: null };
    const { text, answer, confidence } = best;
    return { state: 'unreviewed', text: answer ?? text.slice(0, 120), clauses: found.length, confidence };
  });
  const fileName = path.split('/').at(-1) ?? path;
  return { sha256, path, fileName, pages: pages.length, openedAt, isRead: true, reviewed: 0, cells };
}

/** The matrix after those of the cells that are in one state are in another. */
function decided(
  view: MatrixView,
  names: CellName[],
  from: MatrixCellView['state'],
  to: MatrixCellView['state'],
): MatrixView {
  const wanted = new Set(names.map(({ sha256, category }) => `${sha256} ${category}`));
  const rows = view.rows.map((row) => {
    const cells = row.cells.map((cell, at) =>
      cell.state === from && wanted.has(`${row.sha256} ${view.categories[at]}`)
        ? { ...cell, state: to }
        : cell,
    );
    return { ...row, cells, reviewed: cells.filter(({ state }) => isDecided(state)).length };
  });
  return { ...view, rows };
}

function isDecided(state: MatrixCellView['state']): boolean {
  return state === 'accepted' || state === 'absent';
}
