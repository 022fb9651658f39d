// The window's own backend in the bundle, spoken to by a stand-in for Tauri's end of the line: channels, bytes, events.
import { expect, finding, openWindow, pageDrawn, test } from './window';

/** Runs in the page: answers Tauri's calls out of the fixture files, and numbers channel messages as Tauri does. */
function standIn(): void {
  type Callback = (message: unknown) => void;
  interface Args {
    id: number | null;
    preferences: typeof preferences;
    name: string;
    path: string;
    paths: string[];
    onUpdate: { id: number };
    onProgress: { id: number };
    event: string;
    handler: number;
  }
  const callbacks = new Map<number, Callback>();
  const events = new Map<string, number>();
  const invoked: string[] = [];
  const load = async (file: string) =>
    (await fetch(`fixtures/${file}`)).json() as Promise<Record<string, unknown>>;
  const report = (channel: { id: number }, messages: unknown[]) => {
    messages.forEach((message, index) => callbacks.get(channel.id)?.({ index, message }));
    callbacks.get(channel.id)?.({ index: messages.length, end: true });
  };
  let preferences = {
    speed: 'balanced',
    device: 'auto',
    precision: 'auto',
    batch: null,
    threads: null,
    memoryBudgetMb: null,
    theme: 'light',
    thresholds: {},
    model: null as string | null,
    refineWith: null as string | null,
    screening: true,
    questions: [],
  };
  const figures = { seconds: 0.4, memoryMb: 120, aupr: 0.638, refusal: null };
  const choice = (value: string, name: string) => ({ value, name, text: 'It reads.', ...figures });
  const measurements = (measuredAt: string | null) => ({
    model: 'Model',
    measuredAt,
    stale: null,
    length: 256,
    diskMbPerS: 900,
    curves:
      measuredAt === null
        ? []
        : [
            {
              device: 'Processor',
              precision: 'int8',
              counts: 'windows side by side',
              points: [{ atOnce: 2, windowsPerSecond: 99, inUse: true }],
            },
          ],
    levels: [],
  });
  const readingWith = async (check: unknown) => {
    const { findings } = await load('agreement.json');
    const review = { decision: 'unreviewed', origin: 'model', note: null, carried: null };
    const checked = (findings as object[]).map((finding) => ({ ...finding, check, review }));
    const whole = { undo: null, redo: null, confirmedAbsent: [], lost: [] };
    return {
      documentId: 5,
      findings: checked,
      seconds: 1.5,
      model: 'Model',
      plan: [],
      notices: [],
      review: whole,
    };
  };
  let tellQueue: (update: unknown) => void = () => undefined;
  let [told, entries] = [0, 0];
  const order: number[] = [];
  const nothing = { message: null as string | null, opening: null, progress: null, seconds: null };
  const counts = { total: 1, done: 1, failed: 0, waiting: 0 };
  const queueState = () => ({ paused: false, inView: null, ...counts, secondsLeft: null });
  let imported = false;
  const models = () => ({
    models: ['Model', ...(imported ? ['Large'] : [])].map((name) => ({
      name,
      description: 'Reads.',
      kind: 'tagger',
      parameters: 1e6,
      precision: 'int8',
      megabytes: 1,
      own: name === 'Large',
      reads: (preferences.model ?? 'Model') === name,
      refines: preferences.refineWith === name,
      aupr: null,
      weightedF1: null,
      seconds: null,
      running: null,
      fault: null,
    })),
    unfinished: null,
  });
  const backupsOf = (beforeRestoring: boolean) => ({
    folder: '/data/backups',
    backups: [
      {
        name: '000001.sqlite',
        madeAt: 1.7e12,
        contracts: 1,
        decisions: 2,
        megabytes: 1,
        beforeRestoring,
      },
    ],
  });
  let measured = 0;
  let stopMeasuring: (() => void) | null = null;
  const commands: Record<string, (args: Args) => unknown> = {
    about: () => ({
      version: '0.1.0',
      licence: 'MIT',
      models: [{ name: 'Model', sha256: 'ab12', licence: 'MIT' }],
      readingProcess: [{ what: 'It can open no file', holds: false, but: 'an old kernel' }],
      connections: { count: 2, sinceStart: false, text: 'They are counted.' },
    }),
    app_info: async () => ({
      version: '0.1.0',
      model: { name: 'Model', description: 'Reads.', sha256: '', parameters: 1 },
      groups: await load('groups.json'),
      dial: [],
      cores: 2,
    }),
    preferences: () => ({ preferences, notice: 'The preferences were damaged and have been put aside.' }),
    launch_documents: () => ({ paths: ['/contracts/first.pdf'] }),
    listen_to_queue: ({ onUpdate }) => {
      tellQueue = (update) => callbacks.get(onUpdate.id)?.({ index: (told += 1) - 1, message: update });
      tellQueue({ entries: [], removed: [], order: [], state: queueState() });
      return null;
    },
    add_to_queue: ({ paths }) => {
      const added = paths.map((path) => {
        const entry = { id: (entries += 1), path, fileName: path.split('/').at(-1), ...nothing };
        order.push(entry.id);
        const failed = path === '/contracts/gone.pdf';
        tellQueue({ entries: [{ ...entry, stage: 'reading' }], removed: [], order, state: queueState() });
        const message = failed ? 'gone.pdf is not there.' : null;
        const stage = failed ? 'openFailed' : 'done';
        tellQueue({ entries: [{ ...entry, stage, message }], removed: [], order: null, state: queueState() });
        return entry.id;
      });
      return added;
    },
    change_queue: () => null,
    choose_folder: () => null,
    open_document: async ({ path, onProgress }) => {
      if (path === '/contracts/gone.pdf') throw { code: 'failed', message: 'gone.pdf is not there.' };
      const { pages, warnings, sha256 } = await load('agreement.json');
      report(onProgress, [{ pagesDone: 7, pagesTotal: 7 }]);
      return { id: 5, path, fileName: String(path).split('/').at(-1), sha256, pages, warnings };
    },
    document_bytes: async () => (await fetch('fixtures/agreement.pdf')).arrayBuffer(),
    known_reading: () => readingWith(null),
    refine_document: ({ onProgress }) => {
      report(onProgress, [{ done: 1, total: 1, secondsLeft: null, checks: [] }]);
      return readingWith({ state: 'confirmed', model: 'Large', confidence: 0.9 });
    },
    models: () => models(),
    choose_model_folder: () => '/models/large',
    import_model: ({ onProgress }) => {
      report(onProgress, [{ doing: 'Layer 1', bytesDone: 5, bytesTotal: 10, secondsLeft: 3 }]);
      imported = true;
      return models();
    },
    verify_model: ({ name }) => `All files of ${name} are sound.`,
    remove_model: () => {
      imported = false;
      return models();
    },
    save_preferences: (args) => {
      preferences = args.preferences;
      return { preferences, notice: null };
    },
    running: ({ id }) => ({
      plan: {
        reasons: [{ about: 'Numbers', text: 'The numbers have 8 bits.' }],
        refusal: null,
        mendedBy: null,
        device: 'cpu',
        memoryMb: 120,
        seconds: 0.4,
      },
      pages: 7,
      contract: id === 5 ? 'first.pdf' : null,
      choices: {
        speed: [choice('balanced', 'Balanced')],
        device: [choice('auto', 'Automatic'), { ...choice('cuda', 'Card'), refusal: 'There is none.' }],
        precision: [choice('auto', 'Automatic'), choice('int8', 'Small')],
      },
    }),
    backups: () => backupsOf(false),
    back_up: () => backupsOf(false),
    restore_backup: () => backupsOf(true),
    measurements: () => measurements(measured > 1 ? '2026-03-02T09:41:00Z' : null),
    measure: async ({ onProgress }) => {
      measured += 1;
      if (measured === 1) {
        callbacks.get(onProgress.id)?.({ index: 0, message: { done: 1, total: 2, doing: 'The disk' } });
        await new Promise<void>((stop) => (stopMeasuring = stop));
        throw { code: 'cancelled', message: 'Cancelled.' };
      }
      report(onProgress, [{ done: 2, total: 2, doing: 'The processor' }]);
      return measurements('2026-03-02T09:41:00Z');
    },
    cancel_measuring: () => stopMeasuring?.(),
    'plugin:event|listen': ({ event, handler }) => events.set(event, handler).size,
    'plugin:event|unlisten': () => null,
  };
  Object.assign(window, {
    invoked,
    emit: (event: string, payload: unknown) =>
      callbacks.get(events.get(event) ?? -1)?.({ event, id: 1, payload }),
    __TAURI_INTERNALS__: {
      transformCallback: (callback: Callback) => {
        const id = callbacks.size + 1;
        callbacks.set(id, callback);
        return id;
      },
      unregisterCallback: (id: number) => callbacks.delete(id),
      invoke: async (command: string, args: Args) => {
        invoked.push(command);
        return commands[command]?.(args);
      },
    },
  });
}

test('the bundle speaks to the window: commands, channels, bytes and events', async ({ page }) => {
  await page.addInitScript(standIn);
  await openWindow(page);
  await pageDrawn(page, 1);
  await expect(page.getByTestId('notice')).toContainText('put aside');
  await expect(page.getByTestId('contract-name')).toHaveText('first.pdf');
  await expect(page.getByTestId('reading-status')).toHaveText('Read in 1.5 seconds');
  await expect(finding(page, 'Governing Law')).toHaveCount(1);

  const emit = (event: string, payload: unknown) =>
    page.evaluate(
      ([name, value]) => (window as unknown as { emit: (...args: unknown[]) => void }).emit(name, value),
      [event, payload],
    );
  await emit('documents-hover', true);
  await expect(page.getByTestId('drop-overlay')).toBeVisible();
  await emit('documents-hover', false);
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await emit('documents-offered', ['/contracts/gone.pdf']);
  await expect(page.getByTestId('open-failed')).toContainText('gone.pdf is not there.');
});

test('the bundle asks the window what holds Proviso to its promises', async ({ page }) => {
  await page.addInitScript(standIn);
  await openWindow(page);
  await page.getByTestId('open-preferences').click();
  await page.getByTestId('about').locator('summary').click();
  await expect(page.getByTestId('about')).toContainText('ab12');
  await expect(page.getByTestId('connections')).toHaveText('Connections open now: 2');
  await expect(page.getByTestId('held')).toContainText('an old kernel');
  await expect(page.getByTestId('held')).toHaveAttribute('data-holds', 'false');
});

test('the bundle asks the window what runs, and measures through it', async ({ page }) => {
  await page.addInitScript(standIn);
  await openWindow(page);
  await page.getByTestId('open-preferences').click();
  await expect(page.getByTestId('plan')).toContainText('The numbers have 8 bits.');
  await expect(page.getByTestId('plan-time')).toHaveText('“first.pdf” (7 pages) takes about 0.4 s.');
  await page.getByTestId('advanced').locator('summary').click();
  await expect(page.getByTestId('device-cuda')).toBeDisabled();
  await page.getByTestId('precision-int8').check();
  await page.getByTestId('measure').click();
  await expect(page.getByTestId('measuring-doing')).toHaveText('The disk');
  await page.getByTestId('cancel-measuring').click();
  await expect(page.getByTestId('measuring-cancelled')).toContainText('Nothing was kept.');
  await page.getByTestId('measure').click();
  await expect(page.getByTestId('point-in-use')).toHaveText('in use: 99');
  const invoked = await page.evaluate(() => (window as unknown as { invoked: string[] }).invoked);
  expect(invoked).toEqual(
    expect.arrayContaining(['running', 'measurements', 'measure', 'cancel_measuring', 'save_preferences']),
  );
});

test('the bundle imports, verifies, checks with and removes a model through the window', async ({ page }) => {
  await page.addInitScript(standIn);
  await openWindow(page);
  await page.getByTestId('open-preferences').click();
  await page.getByTestId('import-model').click();
  await expect(page.getByTestId('import-dialog')).toContainText('/models/large');
  await page.getByTestId('import-name').fill('Large');
  await page.getByTestId('start-import').click();
  await expect(page.getByTestId('import-done')).toContainText('Large was imported.');
  const large = page.locator('[data-model="Large"]');
  await large.getByTestId('verify').click();
  await expect(large.getByTestId('verified')).toHaveText('All files of Large are sound.');
  await large.getByTestId('check-with').click();
  await expect(page.getByTestId('check-badge').first()).toContainText('Confirmed by Large, 90 %');
  await large.getByTestId('remove').click();
  await page.getByTestId('confirm-remove').click();
  await expect(large).toHaveCount(0);
  const invoked = await page.evaluate(() => (window as unknown as { invoked: string[] }).invoked);
  expect(invoked).toEqual(
    expect.arrayContaining(['models', 'import_model', 'verify_model', 'refine_document', 'remove_model']),
  );
});
