/** A desktop of its own for the test: an X server that no one sees, a window manager, and a person's hands. */
import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { until } from './until.mjs';

const run = promisify(execFile);

const DRAG_SOURCE = fileURLToPath(new URL('drag_source.py', import.meta.url));

export class Desktop {
  #processes = [];

  /** Starts the desktop; `environment` is what its programs must be started with. */
  static async start() {
    const desktop = new Desktop();
    const server = desktop.#spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    let told = '';
    server.stdio[3].on('data', (text) => (told += text));
    await until('the X server', () => told.endsWith('\n'));
    desktop.environment = {
      ...process.env,
      DISPLAY: `:${told.trim()}`,
      GDK_BACKEND: 'x11',
      GTK_USE_PORTAL: '0',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    };
    delete desktop.environment.WAYLAND_DISPLAY;
    desktop.#spawn('openbox', [], { stdio: 'ignore', env: desktop.environment });
    await until('the window manager', () => desktop.#xdotool('get_desktop'));
    return desktop;
  }

  /** Waits for a window with this title, brings it to the front and returns its number. */
  async window(title) {
    const find = async () => (await this.#xdotool('search', '--onlyvisible', '--name', `^${title}$`)) || undefined;
    const number = (await until(`a window titled "${title}"`, find)).split('\n')[0];
    await this.#xdotool('windowactivate', '--sync', number);
    await until(`"${title}" to have the keyboard`, async () => (await this.#xdotool('getwindowfocus')) === number);
    return number;
  }

  /** Waits until no window has this title. */
  async gone(title) {
    await until(`"${title}" to close`, async () => !(await this.#xdotool('search', '--onlyvisible', '--name', `^${title}$`)));
  }

  /** Types on the keyboard of the window in front. */
  async type(text) {
    await this.#xdotool('type', '--delay', '15', text);
  }

  /** Presses one key, or keys held together such as `ctrl+a`. */
  async press(key) {
    await this.#xdotool('key', key);
  }

  /**
   * Drags files from a window of their own to the one titled `title`, and drops them once `noticed` says that the
   * window has noticed them. The window they come from is there until `taken`: what is dropped is asked for only then.
   */
  async drop(title, files, noticed, taken) {
    const target = await this.window(title);
    const source = this.#spawn('/usr/bin/python3', [DRAG_SOURCE, ...files], { stdio: 'ignore', env: this.environment });
    try {
      const from = await this.window('Drag source');
      await this.#xdotool('windowmove', '--sync', from, '0', '0');
      await this.#mouse(from, 0.5);
      await this.#xdotool('mousedown', '1');
      // A drag begins with a small movement, and a window hears of it only while the mouse moves.
      for (const share of [0.6, 0.7, 0.8]) await this.#mouse(from, share);
      let moves = 0;
      await until('the window to notice the files', async () => {
        await this.#mouse(target, 0.4 + (moves++ % 10) / 100);
        return noticed();
      });
      await this.#mouse(target, 0.55);
      await this.#xdotool('mouseup', '1');
      await until('the files to be taken', taken);
    } finally {
      source.kill();
    }
  }

  stop() {
    for (const process of this.#processes.reverse()) process.kill();
  }

  /** Moves the mouse to a place in a window, given as a share of its width and height. */
  async #mouse(window, share) {
    const geometry = await this.#xdotool('getwindowgeometry', '--shell', window);
    const value = (name) => Number(geometry.match(new RegExp(`^${name}=(-?\\d+)$`, 'm'))[1]);
    const at = (start, length) => String(Math.round(value(start) + share * value(length)));
    await this.#xdotool('mousemove', at('X', 'WIDTH'), at('Y', 'HEIGHT'));
  }

  #spawn(program, parameters, options) {
    const process = spawn(program, parameters, options);
    this.#processes.push(process);
    return process;
  }

  /** What xdotool prints; empty where it finds nothing. */
  async #xdotool(...parameters) {
    try {
      return (await run('xdotool', parameters, { env: this.environment })).stdout.trim();
    } catch {
      return '';
    }
  }
}
