import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { CONTENT_SECURITY_POLICY } from './config/contentSecurityPolicy';
import { noFixturesInProduction } from './config/noFixturesInProduction';
import { staticFolder } from './config/staticFolder';

const here = path.dirname(fileURLToPath(import.meta.url));
const pdfjs = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

// What pdf.js fetches when a contract needs it: it is never asked of the network. QuickJS would run a contract's scripts.
const isScripting = (name: string) => /quickjs/i.test(name);
const pdfjsFolders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'].map((folder) =>
  staticFolder(path.join(pdfjs, folder), `pdfjs/${folder}`, isScripting),
);

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [
    ...pdfjsFolders,
    mode === 'production' ? noFixturesInProduction() : staticFolder(path.join(here, 'fixtures'), 'fixtures'),
  ],
  esbuild: { jsx: 'automatic' },
  build: { target: ['es2022', 'safari16.4'], assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  server: { port: 5173, strictPort: true },
  preview: {
    port: 4180,
    strictPort: true,
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
  },
  test: { include: ['{src,config}/**/*.test.ts'], environment: 'node' },
}));
