// The window's own backend in the bundle, spoken to by a stand-in for Tauri's end of the line: channels, bytes, events.
import { expect, finding, openWindow, pageDrawn, test } from './window';

/** Runs in the page: answers Tauri's calls out of the fixture files, and numbers channel messages as Tauri does. */
function standIn(): void {
  type Callback = (message: unknown) => void;
  interface Args {
    path: string;
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
  const preferences = { speed: 'balanced', threads: null, theme: 'light', thresholds: {} };
  const commands: Record<string, (args: Args) => unknown> = {
    app_info: async () => ({
      version: '0.1.0',
      model: { name: 'Model', description: 'Reads.', sha256: '', parameters: 1 },
      groups: await load('groups.json'),
      plan: [],
      cores: 2,
    }),
    preferences: () => ({ preferences, notice: 'The preferences were damaged and have been put aside.' }),
    launch_documents: () => ['/contracts/first.pdf'],
    open_document: async ({ path, onProgress }) => {
      if (path === '/contracts/gone.pdf') throw { code: 'failed', message: 'gone.pdf is not there.' };
      const { pages, warnings, sha256 } = await load('agreement.json');
      report(onProgress, [{ pagesDone: 7, pagesTotal: 7 }]);
      return { id: 5, path, fileName: String(path).split('/').at(-1), sha256, pages, warnings };
    },
    document_bytes: async () => (await fetch('fixtures/agreement.pdf')).arrayBuffer(),
    read_document: async ({ onProgress }) => {
      report(onProgress, [
        { windowsDone: 0, windowsTotal: 2, secondsLeft: null },
        { windowsDone: 2, windowsTotal: 2, secondsLeft: 0 },
      ]);
      const { findings } = await load('agreement.json');
      return { documentId: 5, findings, seconds: 1.5, model: 'Model', plan: [] };
    },
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
  await expect(page.getByTestId('error-banner')).toContainText('gone.pdf is not there.');
});
