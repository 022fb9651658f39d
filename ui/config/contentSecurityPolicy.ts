// The policy that the window sets, taken from its own configuration, so that browser tests run under the same.
import { readFileSync } from 'node:fs';

interface WindowConfiguration {
  app: { security: { csp: Record<string, string> } };
}

const CONFIGURATION = new URL('../../src-tauri/tauri.conf.json', import.meta.url);

const configuration = JSON.parse(readFileSync(CONFIGURATION, 'utf8')) as WindowConfiguration;

/** Each directive with what it permits. */
export const DIRECTIVES = configuration.app.security.csp;

export const CONTENT_SECURITY_POLICY = Object.entries(DIRECTIVES)
  .map(([directive, permitted]) => `${directive} ${permitted}`)
  .join('; ');
