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
