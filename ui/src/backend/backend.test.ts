// Both implementations behave alike: the window's is spoken to through a stand-in for the Rust side.
import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFixtureBackend, testSetup } from '../testBackend';
import { toErrorView, type Backend } from './backend';
import { CONTRACTS } from './fixtureContracts';
import type {
  CellName,
  ExportFormat,
  ImportProgress,
  ImportRequest,
  MeasureProgress,
  OpenProgress,
  Preferences,
  QueueAction,
  QueueUpdate,
  RefineProgress,
  ReviewAction,
} from './types';

interface Sink<T> {
  onmessage: (message: T) => void;
}

/** Answers commands as the Rust side would, out of the fixtures. */
function answer(fixtures: Backend) {
  return (command: string, payload: unknown): unknown => {
    const args = payload as {
      id: number;
      path: string;
      password: string | null;
      format: ExportFormat;
      preferences: Preferences;
      name: string;
      request: ImportRequest;
      action: ReviewAction | QueueAction;
      paths: string[];
      onUpdate: Sink<QueueUpdate>;
      cells: CellName[];
      sha256s: string[];
      categories: string[];
      onProgress: Sink<OpenProgress> & Sink<MeasureProgress> & Sink<ImportProgress> & Sink<RefineProgress>;
    };
    switch (command) {
      case 'about':
        return fixtures.about();
      case 'app_info':
        return fixtures.appInfo();
      case 'launch_documents':
        return fixtures.launchDocuments();
      case 'choose_documents':
        return fixtures.chooseDocuments();
      case 'open_document':
        return fixtures.openDocument(args.path, args.password, (value) => args.onProgress.onmessage(value));
      case 'document_bytes':
        return fixtures.documentBytes(args.id);
      case 'known_reading':
        return fixtures.knownReading(args.id);
      case 'listen_to_queue':
        return fixtures.listenToQueue((value) => args.onUpdate.onmessage(value));
      case 'add_to_queue':
        return fixtures.addToQueue(args.paths);
      case 'change_queue':
        return fixtures.changeQueue(args.action as QueueAction);
      case 'choose_folder':
        return fixtures.chooseFolder();
      case 'close_document':
        return fixtures.closeDocument(args.id);
      case 'export_contract':
        return fixtures.exportContract(args.id, args.format);
      case 'matrix':
        return fixtures.matrix();
      case 'accept_cells':
        return fixtures.acceptCells(args.cells);
      case 'confirm_absent_cells':
        return fixtures.confirmAbsentCells(args.cells);
      case 'export_matrix':
        return fixtures.exportMatrix(args.sha256s, args.categories);
      case 'preferences':
        return fixtures.preferences();
      case 'save_preferences':
        return fixtures.savePreferences(args.preferences);
      case 'running':
        return fixtures.running(args.id);
      case 'measurements':
        return fixtures.measurements();
      case 'measure':
        return fixtures.measure((value) => args.onProgress.onmessage(value));
      case 'cancel_measuring':
        return fixtures.cancelMeasuring();
      case 'refine_document':
        return fixtures.refineDocument(args.id, (value) => args.onProgress.onmessage(value));
      case 'cancel_refining':
        return fixtures.cancelRefining(args.id);
      case 'current_reading':
        return fixtures.currentReading(args.id);
      case 'review_document':
        return fixtures.review(args.id, args.action as ReviewAction);
      case 'undo_review':
        return fixtures.undoReview(args.id);
      case 'redo_review':
        return fixtures.redoReview(args.id);
      case 'models':
        return fixtures.models();
      case 'choose_model_folder':
        return fixtures.chooseModelFolder();
      case 'import_model':
        return fixtures.importModel(args.request, (value) => args.onProgress.onmessage(value));
      case 'cancel_import':
        return fixtures.cancelImport();
      case 'verify_model':
        return fixtures.verifyModel(args.name);
      case 'remove_model':
        return fixtures.removeModel(args.name);
      default:
        throw new Error(`${command} is no command`);
    }
  };
}

const setup = () => testSetup({ launch: ['agreement'], choose: ['nda', 'slow'] });

async function listen(backend: Backend): Promise<QueueUpdate[]> {
  const updates: QueueUpdate[] = [];
  await backend.listenToQueue((update) => updates.push(update));
  return updates;
}

/** Has the queue read a contract to its end. */
async function readThrough(backend: Backend, path: string): Promise<void> {
  const updates = await listen(backend);
  await backend.addToQueue([path]);
  await vi.waitFor(() => expect(updates.at(-1)?.state).toMatchObject({ done: 1, waiting: 0 }));
}

const IMPLEMENTATIONS: [string, () => Promise<Backend>][] = [
  ['fixtures', async () => createFixtureBackend(setup())],
  [
    'tauri',
    async () => {
      mockIPC(answer(createFixtureBackend(setup())) as Parameters<typeof mockIPC>[0]);
      return (await import('./tauri')).tauriBackend;
    },
  ],
];

beforeEach(() => {
  Object.assign(globalThis, { window: globalThis });
});
afterEach(() => {
  if ('__TAURI_INTERNALS__' in globalThis) clearMocks();
});

describe.each(IMPLEMENTATIONS)('%s', (_name, create) => {
  const agreement = CONTRACTS.agreement?.path ?? '';
  const locked = CONTRACTS.locked?.path ?? '';
  const slow = CONTRACTS.slow?.path ?? '';

  test('names the 41 categories, and the contracts to open', async () => {
    const backend = await create();
    const { groups } = await backend.appInfo();
    expect(groups.flatMap(({ categories }) => categories)).toHaveLength(41);
    expect(await backend.launchDocuments()).toEqual({ paths: [agreement] });
    expect(await backend.chooseDocuments()).toHaveLength(2);
  });

  test('opens a contract with progress and hands out its bytes', async () => {
    const backend = await create();
    const progress: OpenProgress[] = [];
    const document = await backend.openDocument(agreement, null, (step) => progress.push(step));
    expect(document.pages).toHaveLength(7);
    expect(document.pages[2]?.rotation).toBe(90);
    expect(progress.at(-1)).toEqual({ pagesDone: 7, pagesTotal: 7 });
    const bytes = await backend.documentBytes(document.id);
    expect(bytes).toBeInstanceOf(ArrayBuffer);
    expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe('%PDF-');
  });

  test('rejects with a code where the interface acts on it', async () => {
    const backend = await create();
    const open = (path: string, password: string | null) =>
      backend.openDocument(path, password, () => undefined).catch(toErrorView);
    expect(await open(locked, null)).toMatchObject({ code: 'passwordRequired' });
    expect(await open(locked, 'guess')).toMatchObject({ code: 'wrongPassword' });
    expect(await open('/nowhere.pdf', null)).toMatchObject({ code: 'failed' });
    expect(await open(locked, 'sesame')).toMatchObject({ fileName: 'Arden NDA (protected).pdf' });
  });

  test('reads what is in the queue with progress, and what is cancelled waits to be tried again', async () => {
    const backend = await create();
    const { id } = await backend.openDocument(agreement, null, () => undefined);
    expect(await backend.knownReading(id)).toBeNull();
    const updates = await listen(backend);
    const [first, second] = await backend.addToQueue([agreement, slow]);
    await vi.waitFor(() => expect(updates.at(-1)?.state).toMatchObject({ total: 2, done: 1, waiting: 1 }));
    expect((await backend.knownReading(id))?.documentId).toBe(id);
    const way = updates.flatMap(({ entries }) => entries.filter((entry) => entry.id === first));
    expect(new Set(way.map(({ stage }) => stage))).toEqual(
      new Set(['waiting', 'opening', 'reading', 'done']),
    );
    expect(way.findLast(({ progress }) => progress)?.progress?.windowsDone).toBe(24);
    await vi.waitFor(() => expect(updates.at(-1)?.entries[0]?.progress?.windowsDone).toBe(17));
    expect(updates.at(-1)?.state.secondsLeft).toBeGreaterThan(0);
    await backend.changeQueue({ kind: 'cancel', id: second ?? 0 });
    await vi.waitFor(() => expect(updates.at(-1)?.entries[0]?.stage).toBe('cancelled'));
    await backend.changeQueue({ kind: 'pause' });
    await backend.changeQueue({ kind: 'retry', id: second ?? 0 });
    await backend.changeQueue({ kind: 'move', id: second ?? 0, to: 'front' });
    await backend.changeQueue({ kind: 'remove', id: first ?? 0 });
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ removed: [first], order: [second] }));
    expect(updates.at(-1)?.state).toMatchObject({ paused: true, total: 1, waiting: 1 });
  });

  test('chooses a folder with the contracts in it', async () => {
    const backend = await create();
    expect(await backend.chooseFolder()).toHaveLength(5);
  });

  test('exports, keeps preferences, and forgets what was closed', async () => {
    const backend = await create();
    const { id } = await backend.openDocument(agreement, null, () => undefined);
    expect(await backend.exportContract(id, 'cuad')).toMatchObject({ rows: 1 });
    const { preferences } = await backend.preferences();
    await backend.savePreferences({ ...preferences, theme: 'dark' });
    expect((await backend.preferences()).preferences.theme).toBe('dark');
    await backend.closeDocument(id);
    await expect(backend.documentBytes(id)).rejects.toMatchObject({ code: 'failed' });
  });

  test('sets contracts side by side, accepts cells and exports what is shown', async () => {
    const backend = await create();
    const { categories, rows } = await backend.matrix();
    expect(categories).toHaveLength(41);
    expect(rows).toHaveLength(12);
    expect(rows.every(({ cells }) => cells.length === 41)).toBe(true);
    const [first] = rows;
    const law = categories.indexOf('Governing Law');
    expect(first?.cells[law]).toMatchObject({ state: 'unreviewed', text: 'New York' });
    const cells = [{ sha256: first?.sha256 ?? '', category: 'Governing Law' }];
    const after = (await backend.acceptCells(cells)).rows[0];
    expect(after?.cells[law]?.state).toBe('accepted');
    expect(after?.reviewed).toBe((first?.reviewed ?? 0) + 1);
    expect(await backend.exportMatrix([first?.sha256 ?? ''], ['Parties'])).toMatchObject({ rows: 1 });
  });

  test('says what runs here, for the open contract or one of usual size', async () => {
    const backend = await create();
    const { id, fileName } = await backend.openDocument(agreement, null, () => undefined);
    expect(await backend.running(id)).toMatchObject({
      pages: 7,
      contract: fileName,
      plan: { refusal: null },
    });
    const { pages, contract, choices } = await backend.running(null);
    expect({ pages, contract }).toEqual({ pages: 50, contract: null });
    expect(choices.device.find(({ value }) => value === 'cuda')?.refusal).toContain('NVIDIA');
    const { preferences } = await backend.preferences();
    await backend.savePreferences({ ...preferences, memoryBudgetMb: 64 });
    expect((await backend.running(null)).plan).toMatchObject({ seconds: null, reasons: [] });
  });

  test('measures with progress, and a cancelled measuring is rejected as such', async () => {
    const backend = await create();
    const progress: MeasureProgress[] = [];
    const measured = await backend.measure((step) => progress.push(step));
    expect(progress.map(({ done }) => done)).toEqual(progress.map((_, index) => index));
    expect(measured.levels.filter(({ inUse }) => inUse)).toHaveLength(1);
    expect(await backend.measurements()).toEqual(measured);
    const outcome = backend
      .measure(({ done }) => {
        if (done === 2) void backend.cancelMeasuring();
      })
      .catch(toErrorView);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
  });

  test('imports a model with progress, and can be cancelled and refused', async () => {
    const backend = await create();
    const folder = (await backend.chooseModelFolder()) ?? '';
    const progress: ImportProgress[] = [];
    const request: ImportRequest = { folder, name: 'large', precision: 'f16' };
    const { models } = await backend.importModel(request, (step) => progress.push(step));
    expect(models.at(-1)).toMatchObject({ name: 'large', precision: 'f16', own: true, fault: null });
    expect(progress.at(-1)?.bytesDone).toBe(progress.at(-1)?.bytesTotal);
    const again = await backend.importModel(request, () => undefined).catch(toErrorView);
    expect(again).toMatchObject({ code: 'failed' });

    const cancelled = backend
      .importModel({ folder, name: null, precision: 'auto' }, ({ bytesDone }) => {
        if (bytesDone > 0) void backend.cancelImport();
      })
      .catch(toErrorView);
    expect(await cancelled).toMatchObject({ code: 'cancelled' });
    expect((await backend.models()).unfinished).toBe('roberta-large-cuad');
  });

  test('verifies and removes models, but none that comes with Proviso', async () => {
    const backend = await create();
    expect(await backend.verifyModel('roberta-base-cuad')).toMatch(/^All files/);
    expect(await backend.verifyModel('house-style-2023').catch(toErrorView)).toMatchObject({
      message: expect.stringContaining('layer-07.bin') as string,
    });
    const { models } = await backend.models();
    const bundled = models.find(({ own }) => !own)?.name ?? '';
    expect(await backend.removeModel(bundled).catch(toErrorView)).toMatchObject({ code: 'failed' });
    const left = await backend.removeModel('roberta-base-cuad');
    expect(left.models).toHaveLength(models.length - 1);
  });

  test('has a second model check what is in doubt, with progress and a way to end it', async () => {
    const backend = await create();
    const { preferences } = await backend.preferences();
    await backend.savePreferences({ ...preferences, refineWith: 'roberta-base-cuad' });
    expect((await backend.models()).models.filter(({ refines }) => refines)).toHaveLength(1);
    const { id } = await backend.openDocument(agreement, null, () => undefined);
    await readThrough(backend, agreement);
    await backend.knownReading(id);
    const progress: RefineProgress[] = [];
    const refined = await backend.refineDocument(id, (step) => progress.push(step));
    const states = refined.findings.flatMap(({ check }) => check?.state ?? []);
    expect(states.sort()).toEqual(['added', 'confirmed', 'confirmed', 'notConfirmed']);
    expect(progress.flatMap(({ checks }) => checks)).toHaveLength(3);
    expect(progress.at(-1)).toMatchObject({ done: 40, total: 40 });
    const cancelled = backend
      .refineDocument(id, ({ done }) => {
        if (done > 0) void backend.cancelRefining(id);
      })
      .catch(toErrorView);
    expect(await cancelled).toMatchObject({ code: 'cancelled' });
  });

  test('keeps a review: every action answers with the reading after it, and can be undone', async () => {
    const backend = await create();
    const { id } = await backend.openDocument(agreement, null, () => undefined);
    await readThrough(backend, agreement);
    const findings = (await backend.knownReading(id))?.findings ?? [];
    const [first, second] = findings;
    if (!first || !second) throw new Error('The fixture has no findings.');
    await backend.review(id, { kind: 'accept', finding: first.id });
    await backend.review(id, { kind: 'note', finding: first.id, text: ' Check the title. ' });
    const [mark] = second.marks;
    const selected = [{ page: mark?.page ?? 0, rects: mark ? [mark.rect] : [] }];
    await backend.review(id, { kind: 'edit', finding: first.id, selected });
    const added = await backend.review(id, { kind: 'add', category: 'Volume Restriction', selected });
    expect(added.findings[0]).toMatchObject({
      id: first.id,
      text: second.text,
      review: { decision: 'accepted', origin: 'edited', note: 'Check the title.' },
    });
    expect(added.findings.at(-1)).toMatchObject({
      category: 'Volume Restriction',
      text: second.text,
      start: second.start,
      end: second.end,
      confidence: 1,
      review: { decision: 'accepted', origin: 'added' },
    });
    expect(added.review).toMatchObject({ undo: 'Add Volume Restriction', redo: null });
    const undone = await backend.undoReview(id);
    expect(undone.findings).toHaveLength(findings.length);
    expect(undone.review).toMatchObject({ undo: 'Edit Document Name', redo: 'Add Volume Restriction' });
    expect(await backend.redoReview(id)).toEqual(added);
    const confirmed = await backend.review(id, { kind: 'confirmAbsent', category: 'Source Code Escrow' });
    expect(confirmed.review.confirmedAbsent).toEqual(['Source Code Escrow']);
    const reopened = await backend.review(id, { kind: 'reopenAbsent', category: 'Source Code Escrow' });
    expect(reopened.review.confirmedAbsent).toEqual([]);
  });

  test('questions of one’s own become a group, and a model that answers questions answers them', async () => {
    const backend = await create();
    const { preferences } = await backend.preferences();
    const questions = [{ name: 'Price list', question: 'May the price list be changed?' }];
    await backend.savePreferences({ ...preferences, questions, model: 'roberta-base-cuad' });
    const { groups, model } = await backend.appInfo();
    expect(model.name).toBe('roberta-base-cuad');
    expect(groups.at(-1)).toMatchObject({ title: 'Your own questions', categories: questions });
    const { id } = await backend.openDocument(agreement, null, () => undefined);
    await readThrough(backend, agreement);
    const findings = (await backend.knownReading(id))?.findings ?? [];
    expect(findings.filter(({ category }) => category === 'Price list')).toHaveLength(1);
  });
});

test('whatever is thrown becomes a sentence', () => {
  expect(toErrorView(new Error('Broken'))).toEqual({ code: 'failed', message: 'Broken' });
  expect(toErrorView('no')).toEqual({ code: 'failed', message: 'no' });
});
