// A contract that tries to reach out of the window: scripts, links, forms, pictures from elsewhere, programs to start.
import type { Page } from '@playwright/test';
import { CONTENT_SECURITY_POLICY } from '../config/contentSecurityPolicy';
import { expect, openWindow, pageDrawn, test } from './window';

/** Everything that would show that something of the file got through. */
function watch(page: Page): { requests: string[]; events: string[] } {
  const seen = { requests: [] as string[], events: [] as string[] };
  page.context().on('request', (request) => seen.requests.push(request.url()));
  page.on('dialog', (dialog) => {
    seen.events.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => seen.events.push(`window: ${popup.url()}`));
  page.on('download', (download) => seen.events.push(`download: ${download.url()}`));
  page.on('framenavigated', (frame) => seen.events.push(`page: ${new URL(frame.url()).pathname}`));
  return seen;
}

/** Addresses that are not those of the bundle and of the fixtures. */
function foreign(requests: string[]): string[] {
  const own = /^http:\/\/localhost:4180\/($|\?|assets\/|fixtures\/|pdfjs\/|icon\.svg|theme\.js$)/;
  return requests.filter((url) => !own.test(url) && !/^(blob|data):/.test(url));
}

test('nothing in a hostile contract runs, fetches, opens or starts anything', async ({ page }) => {
  const seen = watch(page);
  await openWindow(page, '?open=hostile');
  const sheet = await pageDrawn(page, 1);
  await expect(sheet).toContainText('This contract tries to reach out');
  // It holds nothing that can be clicked, focused, filled in or sent.
  await expect(
    sheet.locator('a, form, input, textarea, select, button, iframe, embed, object, img'),
  ).toHaveCount(0);
  const box = await sheet.boundingBox();
  if (!box) throw new Error('The page is not shown.');
  const scale = box.width / 612;
  for (let link = 0; link < 7; link += 1) {
    await page.mouse.click(box.x + 470 * scale, box.y + (792 - (715 - 40 * link)) * scale);
  }
  await page.mouse.click(box.x + 82 * scale, box.y + (792 - 210) * scale);
  await page.mouse.click(box.x + 120 * scale, box.y + (792 - 210) * scale);
  await page.getByTestId('drawer-toggle').click();
  await expect(page.getByTestId('thumbnail').first().locator('canvas')).toHaveCount(1);

  expect(foreign(seen.requests)).toEqual([]);
  expect(seen.requests.filter((url) => url.includes('canary'))).toEqual([]);
  expect(seen.events).toEqual(['page: /']);
  expect(await page.evaluate(() => (globalThis as { canary?: string }).canary)).toBeUndefined();
  expect(page.workers().length).toBeGreaterThan(0);
  for (const worker of page.workers()) {
    expect(await worker.evaluate(() => (globalThis as { canary?: string }).canary)).toBeUndefined();
  }
});

test('the bundle holds nothing that could run a script of a contract', async ({ page }) => {
  const kind = async (file: string) =>
    (await page.request.get(`/pdfjs/wasm/${file}`)).headers()['content-type'];
  expect(await kind('openjpeg.wasm')).toBe('application/wasm');
  for (const file of ['quickjs-eval.wasm', 'quickjs-eval.js'])
    expect(await kind(file)).not.toMatch(/wasm|javascript/);
});

test('the page is served under the policy of the window', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.headers()['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
});

test('the policy of the window refuses what a page could be tricked into', async ({ page, faults }) => {
  await openWindow(page);
  const refused = await page.evaluate(async () => {
    const broken: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
    const add = (tag: string, attributes: Record<string, string>, text = '') =>
      document.body.append(Object.assign(document.createElement(tag), attributes, { textContent: text }));
    add('img', { src: 'https://canary.invalid/image.png' });
    add('script', { src: 'https://canary.invalid/script.js' });
    add('script', {}, 'globalThis.canary = "inline"');
    add('style', {}, 'body { color: red }');
    add('iframe', { src: 'https://canary.invalid/' });
    add('object', { data: 'https://canary.invalid/object' });
    await fetch('https://canary.invalid/fetch').catch(() => undefined);
    const form = Object.assign(document.createElement('form'), { action: 'https://canary.invalid/form' });
    document.body.append(form);
    form.submit();
    // What the test itself evaluates is let through by the browser; a text for a timer is not.
    Reflect.apply(setTimeout, globalThis, ['globalThis.canary = "evaluated"', 0]);
    await new Promise((done) => setTimeout(done, 0));
    // A form is refused when it is about to leave.
    while (!broken.includes('form-action')) await new Promise((done) => requestAnimationFrame(done));
    return { broken: [...new Set(broken)].sort(), ran: 'canary' in globalThis };
  });
  expect(refused.ran).toBe(false);
  expect(refused.broken).toEqual(
    expect.arrayContaining([
      'connect-src',
      'form-action',
      'frame-src',
      'img-src',
      'object-src',
      'script-src',
      'script-src-elem',
      'style-src-elem',
    ]),
  );
  // The refusals are what was wanted; the fixture would take them for faults.
  faults.length = 0;
});
