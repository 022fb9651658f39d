/** The window as a person starts it, in a network namespace with nothing in it and under strace: it opens the sample, reads it, and asks
 * for nothing but local sockets. Where one of the two is not to be had here, that is said and the other one is used alone. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { Home, PROGRAM } from './application.mjs';
import { Desktop } from './desktop.mjs';
import { until } from './until.mjs';

const run = promisify(execFile);

/** A window that is traced is slow, and so is a build that was not made for speed. */
const READING_SECONDS = 400;

/** Whether a command does nothing but succeed here. */
const works = (program, ...parameters) => run(program, parameters).then(() => true, () => false);

/** Contracts whose readings are kept. */
async function readings(database) {
  const counting = 'import sqlite3, sys; print(sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)'
    + '.execute("SELECT count(*) FROM reading").fetchone()[0])';
  return run('python3', ['-c', counting, database]).then(({ stdout }) => Number(stdout), () => 0);
}

/** Calls of a log of strace that reach for another family of addresses than these, whether they were refused or not. */
function outward(calls) {
  const local = ['AF_UNIX', 'AF_NETLINK', 'AF_UNSPEC'];
  const families = (call) => call.match(/\bAF_[A-Z0-9]+/g) ?? [];
  return calls.filter((call) => families(call).some((family) => !local.includes(family)));
}

test('the window reads the sample where there is no network, and asks for none', async (context) => {
  const empty = await works('unshare', '-rn', 'true');
  const traced = await works('strace', '-f', '-qq', '-o', '/dev/null', 'true');
  if (!empty) context.diagnostic('SKIPPED: an empty network namespace is not permitted here');
  if (!traced) context.diagnostic('SKIPPED: strace is not installed, or may not trace here');
  if (!empty && !traced) return context.skip('neither an empty network namespace nor strace is to be had here');

  const desktop = await Desktop.start();
  const home = new Home();
  const log = home.path('calls');
  // Read quickly: it is not the findings that count here.
  mkdirSync(home.path('data/proviso'), { recursive: true });
  writeFileSync(home.path('data/proviso/preferences.json'), '{"speed":"fast"}');
  const command = [
    ...(empty ? ['unshare', '-rn'] : []),
    ...(traced ? ['strace', '-f', '-qq', '-e', 'trace=%network,execve', '-o', log] : []),
    PROGRAM,
  ];
  const window = spawn(command[0], command.slice(1), {
    env: home.environment(desktop),
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((done) => window.once('exit', done));
  try {
    // The page itself asks for the sample to be opened, so that it was drawn when that was read.
    const database = home.path('data/proviso/proviso.sqlite');
    await until('the sample to be read', async () => (await readings(database)) > 0, READING_SECONDS);
  } finally {
    process.kill(-window.pid);
    await ended;
    desktop.stop();
  }
  if (traced) {
    const calls = readFileSync(log, 'utf8').split('\n');
    const count = (part) => calls.filter((call) => call.includes(part)).length;
    const sockets = calls.filter((call) => / socket\(/.test(call));
    assert.deepEqual(outward(calls), []);
    // The log is one of a window that was there: its display, its page's process, and the process that took the PDF apart.
    assert.ok(count('sa_family=AF_UNIX') > 0 && count('WebKitWebProcess') > 0 && count('--read-pdf') > 0);
    context.diagnostic(`${calls.length} calls, ${sockets.length} local sockets, none to a network`);
  }
  home.remove();
});
