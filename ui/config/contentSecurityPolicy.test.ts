import { expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, DIRECTIVES } from './contentSecurityPolicy';

/** What may stand in a directive, and in which: anything else has to be thought about before it is added here. */
const PERMITTED: Record<string, string[]> = {
  "'self'": [],
  "'none'": [],
  "'wasm-unsafe-eval'": ['script-src'],
  'blob:': ['img-src', 'font-src', 'worker-src'],
  'data:': ['img-src', 'font-src'],
  'ipc:': ['connect-src'],
  // How Tauri's page calls the program; no connection is made.
  'http://ipc.localhost': ['connect-src'],
};

test('the policy permits the program itself and its known exceptions only', () => {
  const sources = Object.entries(DIRECTIVES).flatMap(([directive, permitted]) =>
    permitted.split(' ').map((source) => [directive, source] as const),
  );
  const unknown = sources.filter(([directive, source]) => {
    const places = PERMITTED[source];
    return !places || (places.length > 0 && !places.includes(directive));
  });
  expect(unknown).toEqual([]);
});

test('what is not named falls back to the program itself, and nothing is embedded, sent or based elsewhere', () => {
  expect(DIRECTIVES['default-src']).toBe("'self'");
  for (const directive of ['object-src', 'base-uri', 'form-action']) {
    expect(DIRECTIVES[directive]).toBe("'none'");
  }
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; ");
});
