/** The W3C WebDriver protocol, as far as this test needs it, spoken with WebKit's own driver. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { writeFile } from 'node:fs/promises';

import { until } from './until.mjs';

/** The key by which the protocol names an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** How long the driver may take for one thing. It answers nothing where a script's page goes away while it runs. */
const PATIENCE_SECONDS = 120;

export class Driver {
  #process;
  #address;
  #session;

  /** Starts the driver, and with it `program` as the browser that it drives. */
  static async start(program, parameters, environment) {
    const driver = new Driver();
    const port = await freePort();
    driver.#address = `http://127.0.0.1:${port}`;
    driver.#process = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      // Tauri lets itself be driven only where this is set.
      env: { ...environment, TAURI_WEBVIEW_AUTOMATION: 'true' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until('the driver', () => driver.#call('GET', '/status').then((status) => status.ready, () => false));
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary: program, args: parameters } } };
    driver.#session = (await driver.#call('POST', '/session', { capabilities })).sessionId;
    return driver;
  }

  /** Waits for an element and returns it. */
  async find(selector, seconds = 30) {
    return until(`${selector} to appear`, async () => (await this.all(selector))[0], seconds);
  }

  /** All elements there are now. */
  async all(selector) {
    const found = await this.#inSession('POST', '/elements', { using: 'css selector', value: selector });
    return found.map((element) => element[ELEMENT]);
  }

  /** Waits for an element and clicks it with the mouse. */
  async click(selector) {
    await this.#inSession('POST', `/element/${await this.find(selector)}/click`, {});
  }

  /** Runs the body of a function in the page and returns its value. */
  async evaluate(script, ...values) {
    return this.#inSession('POST', '/execute/sync', { script, args: values });
  }

  /** Writes a picture of the page, for whoever looks at it. WebKit makes none of a page that nothing draws anew; that is only said. */
  async screenshot(path) {
    const picture = await this.#inSession('GET', '/screenshot').catch((error) => console.warn(error.message));
    if (picture) await writeFile(path, Buffer.from(picture, 'base64'));
  }

  /** Closes the program and ends the driver. */
  async stop() {
    try {
      if (this.#session) await this.#inSession('DELETE', '');
    } finally {
      this.#process.kill();
    }
  }

  #inSession(method, path, body) {
    return this.#call(method, `/session/${this.#session}${path}`, body);
  }

  async #call(method, path, body) {
    const signal = AbortSignal.timeout(PATIENCE_SECONDS * 1000);
    const asked = fetch(this.#address + path, { method, body: body && JSON.stringify(body), signal });
    const response = await asked.catch((error) => {
      throw new Error(`${method} ${path}: ${error.message} ${JSON.stringify(body ?? '').slice(0, 400)}`);
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
