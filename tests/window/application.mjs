/** The program under test, with folders of its own, and its files. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Driver } from './driver.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The program under test. */
export const PROGRAM = process.env.PROVISO_WINDOW ?? join(ROOT, 'target', 'debug', 'proviso-window');

/** Where pictures of the window are left. */
export const OUTPUT = join(ROOT, 'tests', 'output');

/** One of the contracts that the tests read. */
export const contract = (name) => join(ROOT, 'tests', 'contracts', name);

/** A contract of two pages. */
export const shortContract = () => join(ROOT, 'ui', 'fixtures', 'nda.pdf');

/** A person's home folder, new and empty. */
export class Home {
  folder = mkdtempSync(join(tmpdir(), 'proviso-window-'));

  /** Starts Proviso for this person, driven by the test. */
  async start(desktop, ...contracts) {
    return Driver.start(PROGRAM, contracts, this.environment(desktop));
  }

  /** What Proviso is started with for this person. */
  environment(desktop) {
    const folder = (name) => {
      const path = join(this.folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    return {
      ...desktop.environment,
      HOME: this.folder,
      XDG_CACHE_HOME: folder('cache'),
      XDG_CONFIG_HOME: folder('config'),
      XDG_DATA_HOME: folder('data'),
    };
  }

  /** Ends the program as a power cut would. */
  kill() {
    for (const name of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
      try {
        const mine = readFileSync(join('/proc', name, 'environ'), 'utf8').includes(this.folder);
        if (mine && readlinkSync(join('/proc', name, 'exe')) === realpathSync(PROGRAM)) process.kill(Number(name), 'SIGKILL');
      } catch {
        // It ended meanwhile, or is somebody else's.
      }
    }
  }

  /** A path in this folder. */
  path(name) {
    return join(this.folder, name);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
