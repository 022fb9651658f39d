/** Waiting without guessing how long. */
import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until `ask` returns something true, and returns it; fails after `seconds`. */
export async function until(what, ask, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await pause(50);
  }
}

/**
 * Looks again and again until what it sees is as `wanted` says, and returns that; fails where nothing changes for `seconds`, and says
 * what was seen last. So something may take as long as it needs on a busy computer, as long as it goes on.
 */
export async function goesOn(what, look, wanted, seconds) {
  let before = '';
  let changed = Date.now();
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    const now = JSON.stringify(seen);
    if (now !== before) changed = Date.now();
    before = now;
    if (Date.now() > changed + seconds * 1000) {
      throw new Error(`nothing changed for ${seconds} s while waiting for ${what}: ${now}`);
    }
    await pause(50);
  }
}
