/**
 * How long a person waits: from the start of the program to the first page on the screen, and to the last finding.
 *
 *     PROVISO_WINDOW=target/release/proviso-window node tests/window/measure.mjs [ROUNDS]
 *
 * Prints a line of JSON a round. The first round loads the program from the disk.
 */
import { Home } from './application.mjs';
import { Desktop } from './desktop.mjs';
import { until } from './until.mjs';

const FIRST = 'proviso:first-page';
const LAST = 'proviso:last-finding';
const PATIENCE_SECONDS = 120;

/** The moments that the page marked, in milliseconds since the epoch. */
const MARKS = `return performance.getEntriesByType('mark').map((mark) => [mark.name, performance.timeOrigin + mark.startTime])`;

const rounds = Number(process.argv[2] ?? 3);
const desktop = await Desktop.start();
try {
  for (let round = 1; round <= rounds; round += 1) {
    const home = new Home();
    const launched = Date.now();
    const window = await home.start(desktop);
    const marks = async () => Object.fromEntries(await window.evaluate(MARKS));
    const both = async () => {
      const seen = await marks();
      return FIRST in seen && LAST in seen && seen;
    };
    const seen = await until('the first page and the last finding', both, PATIENCE_SECONDS);
    const seconds = (name) => Math.round(seen[name] - launched) / 1000;
    console.log(JSON.stringify({ round, first_page: seconds(FIRST), last_finding: seconds(LAST) }));
    await window.stop();
    home.remove();
  }
} finally {
  desktop.stop();
}
