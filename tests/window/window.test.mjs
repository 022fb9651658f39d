/** What a person does with the real window: it is started, looked at, clicked and typed into. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { Home, OUTPUT, contract, shortContract } from './application.mjs';
import { records } from './csv.mjs';
import { Desktop } from './desktop.mjs';
import { goesOn, until } from './until.mjs';

const id = (name) => `[data-testid="${name}"]`;
const PAGE = `${id('page-1')}[data-rendered="true"]`;
const READ = `${id('reading-status')}[data-status="done"]`;

/** A first reading loads the model and runs it in a build that was not made for speed. */
const READING_SECONDS = 240;

let desktop;
let home;
let window;

/** How each contract stands, all at one moment, with what is told of it. */
const look = () =>
  window.evaluate(`
    const rows = [...document.querySelectorAll('${id('contract')}')];
    const bars = [...document.querySelectorAll('${id('rail')} [aria-valuenow]')];
    return {
      rows: rows.map((row) => row.dataset.status),
      bars: bars.map((bar) => bar.getAttribute('aria-valuenow')),
      failures: [...document.querySelectorAll('${id('error-banner')}, ${id('open-failed')}')].map((told) => told.innerText),
    };`);
const count = ({ rows }, ...statuses) => rows.filter((status) => statuses.includes(status)).length;

/** Waits as long as the queue goes on, until so many contracts are read; ends at once where one of them could not be. */
async function allRead(total) {
  const settled = (seen) => count(seen, 'done', 'failed') === total;
  const seen = await goesOn(`${total} contracts to be read`, look, settled, READING_SECONDS);
  assert.equal(count(seen, 'done'), total, JSON.stringify(seen));
}

before(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  desktop = await Desktop.start();
  home = new Home();
  window = await home.start(desktop);
});

after(async () => {
  await window?.stop();
  desktop?.stop();
  home?.remove();
});

test('the sample contract is opened, drawn and read', async () => {
  await desktop.window('Proviso');
  await window.find(PAGE, 60);
  await window.find(READ, READING_SECONDS);
  assert.ok((await window.all(id('finding'))).length > 0, 'clauses are found');
  await window.screenshot(join(OUTPUT, 'light.png'));
});

test('a click on a finding shows it on the page', async () => {
  await window.click(id('finding'));
  const seen = `
    const marks = [...document.querySelectorAll('${id('highlight')}')].map((mark) => mark.getBoundingClientRect());
    return marks.some((mark) => mark.width > 5 && mark.height > 5 && mark.top >= 0 && mark.bottom <= innerHeight);`;
  await until('a highlight in sight', () => window.evaluate(seen));
  await window.screenshot(join(OUTPUT, 'finding.png'));
});

test('the findings are exported through the desktop’s own dialog', async () => {
  const path = home.path('My clauses.csv');
  await window.click(id('export-findings'));
  // From here real keys are pressed: the dialog belongs to the desktop and not to the page.
  await desktop.window('Export clauses');
  await desktop.press('ctrl+a');
  await desktop.type(path);
  await desktop.press('Return');
  await desktop.gone('Export clauses');

  await until('the table', () => existsSync(path));
  const text = readFileSync(path, 'utf8');
  assert.equal(text[0], '\uFEFF', 'a byte order mark tells spreadsheets that this is UTF-8');
  const [heading, ...rows] = records(text.slice(1));
  assert.deepEqual(heading.slice(0, 6), ['file', 'category', 'text', 'answer', 'confidence', 'page']);
  assert.ok(rows.every((row) => row.length === heading.length), 'every row has all cells');
  assert.equal(rows.length, (await window.all(id('finding'))).length, 'one row a finding shown');
});

test('a dialog that is cancelled writes nothing', async () => {
  await window.click(id('export-findings'));
  await desktop.window('Export clauses');
  await desktop.press('Escape');
  await desktop.gone('Export clauses');
  await window.find(READ);
});

test('the page can reach nothing but itself', async () => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader('access-control-allow-origin', '*').end();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  try {
    const outcome = await window.evaluate(
      `const address = arguments[0];
       const tried = (tag, property) => new Promise((done) => {
         const element = Object.assign(document.createElement(tag), { onload: () => done('loaded'), onerror: () => done('refused') });
         element[property] = address + '/' + tag;
         document.head.append(element);
       });
       return Promise.all([
         fetch(address + '/fetch').then(() => 'loaded', () => 'refused'),
         tried('img', 'src'),
         tried('script', 'src'),
       ]);`,
      `http://127.0.0.1:${server.address().port}`,
    );
    assert.deepEqual(outcome, ['refused', 'refused', 'refused']);
    assert.deepEqual(asked, []);
  } finally {
    server.close();
  }
});

test('the page may call nothing but Proviso’s own commands', async () => {
  const call = (command) => `return __TAURI_INTERNALS__.invoke('${command}', {}).then(() => 'done', String)`;
  for (const command of ['plugin:dialog|open', 'plugin:dialog|save', 'plugin:window|close', 'plugin:event|emit']) {
    assert.match(await window.evaluate(call(command)), /not allowed/, command);
  }
});

test('a contract dropped on the window is opened beside the first', async () => {
  const overlay = async () => (await window.all(id('drop-overlay'))).length > 0;
  const listed = async () => (await window.all(id('contract'))).length === 2;
  await desktop.drop('Proviso', [contract('services-two-column.pdf')], overlay, listed);
  await allRead(2);
  await window.screenshot(join(OUTPUT, 'two-contracts.png'));
});

test('a decision is there after the program was killed', async () => {
  const first = `${id('finding')}`;
  await window.click(first);
  const category = await window.evaluate(`return document.querySelector('${first}').dataset.category`);
  await desktop.press('a');
  const accepted = `${id('finding')}[data-decision="accepted"]`;
  await until('the decision', async () => (await window.all(accepted)).length === 1);
  // What the page shows may be ahead of the disk; what can be undone is kept.
  const undo = `return document.querySelector('${id('undo')}')?.title ?? ''`;
  await until('it to be kept', async () => (await window.evaluate(undo)).includes(`Accept ${category}`));
  const contracts = (await window.all(id('contract'))).length;

  home.kill();
  await window.stop().catch(() => undefined);
  window = await home.start(desktop);
  await window.find(PAGE, 60);
  await window.find(READ, READING_SECONDS);
  await until('all contracts', async () => (await window.all(id('contract'))).length === contracts, 60);
  await until('the decision', async () => (await window.all(accepted)).length === 1, 60);
  const still = await window.evaluate(`return document.querySelector('${accepted}').dataset.category`);
  assert.equal(still, category);
  await window.screenshot(join(OUTPUT, 'reviewed.png'));
});

test('a queue goes on after the program was killed in the middle of it', async () => {
  // Nested folders, as in a data room; each file with bytes of its own. There are more short contracts than long ones, because a
  // reading stands back behind whatever else the computer does.
  const room = home.path('room');
  const put = (name, source) => {
    mkdirSync(dirname(join(room, name)), { recursive: true });
    writeFileSync(join(room, name), Buffer.concat([readFileSync(source), Buffer.from(`\n% ${name}\n`)]));
  };
  const names = ['a/first.pdf', 'a/third.pdf', 'b/fourth.pdf', 'b/c/sixth.pdf'];
  names.forEach((name) => put(name, shortContract()));
  ['a/second.pdf', 'b/c/fifth.pdf'].forEach((name) => put(name, contract('services-two-column.pdf')));

  // One contract alone has no row.
  const before = Math.max(1, (await look()).rows.length);
  const total = before + 6;
  const overlay = async () => (await window.all(id('drop-overlay'))).length > 0;
  await desktop.drop('Proviso', [room], overlay, async () => (await look()).rows.length > before);
  const midst = (seen) => count(seen, 'done') > before && count(seen, 'waiting', 'reading') > 0;
  const seen = await goesOn('the middle of the queue', look, midst, READING_SECONDS);
  home.kill();
  await window.stop().catch(() => undefined);

  window = await home.start(desktop);
  // A script that is sent while the page is being loaded is never answered.
  await window.find(id('rail'), 60);
  await goesOn('all contracts', look, ({ rows }) => rows.length === total, 60);
  // The one in view is opened anew, which takes a moment.
  const known = count(await look(), 'done', 'opening');
  assert.ok(known >= count(seen, 'done'), `${known} are read, and ${JSON.stringify(seen)} were`);
  await allRead(total);
  const told = `return document.querySelector('${id('queue-count')}').innerText`;
  await until('the count', async () => (await window.evaluate(told)) === `${total} contracts, ${total} read`);
});

test('this computer is measured, and the figures are shown with the plan in force among them', async () => {
  await window.click(id('open-preferences'));
  // The contracts that were read tell the pace already.
  await window.find(id('plan'));
  const plan = () => window.evaluate(`return document.querySelector('${id('plan')}').innerText`);
  // "under 0.1 s" on a computer that is fast enough for a short contract.
  await until('a promise of time', async () => /takes (about|under) [0-9]/.test(await plan()));
  await window.click(id('measure'));
  await until('the figures', async () => (await window.all(id('level'))).length >= 4, READING_SECONDS);
  const inUse = `return [...document.querySelectorAll('${id('level')}')].filter((row) => row.innerText.includes('In use')).length`;
  assert.equal(await window.evaluate(inUse), 1);
  await window.evaluate(`document.querySelector('${id('measured-at')}').scrollIntoView()`);
  await window.screenshot(join(OUTPUT, 'measured.png'));
  await window.evaluate(`document.querySelector('${id('plan')}').scrollIntoView()`);
  await window.screenshot(join(OUTPUT, 'plan.png'));
  await window.click(`${id('preferences')} button[aria-label="Close (Esc)"]`);
});

test('a dialog that opens from the preferences is as high as what it holds', async () => {
  await window.click(id('open-preferences'));
  // WebKit lays such dialogs out otherwise than Chromium, in which the interface's other tests run.
  const [text, dialog] = await window.evaluate(`
    const dialog = document.createElement('dialog');
    dialog.className = 'dialog';
    dialog.innerHTML = '<div class="dialog-frame"><div class="dialog-body"><p>text</p></div></div>';
    document.querySelector('${id('preferences')} .dialog-body').append(dialog);
    dialog.showModal();
    const heights = [dialog.querySelector('p'), dialog].map((element) => element.getBoundingClientRect().height);
    dialog.remove();
    return heights;`);
  assert.ok(text > 0 && dialog >= text, `${dialog} pixels for ${text}`);
  await window.click(`${id('preferences')} button[aria-label="Close (Esc)"]`);
});

test('the theme that was chosen lasts', async () => {
  const ground = 'return getComputedStyle(document.documentElement).colorScheme';
  await window.click(id('open-preferences'));
  await window.click(`label:has(${id('theme-dark')})`);
  await until('dark colours', async () => (await window.evaluate(ground)) === 'dark');
  await window.screenshot(join(OUTPUT, 'preferences-dark.png'));
  const kept = `return __TAURI_INTERNALS__.invoke('preferences').then((view) => view.preferences.theme)`;
  await until('the preference to be kept', async () => (await window.evaluate(kept)) === 'dark');

  await window.stop();
  window = await home.start(desktop);
  await window.find(PAGE, 60);
  await until('dark colours', async () => (await window.evaluate(ground)) === 'dark');
  assert.equal(await window.evaluate(kept), 'dark');
  await window.find(READ, READING_SECONDS);
  await window.screenshot(join(OUTPUT, 'dark.png'));
});
