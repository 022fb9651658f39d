// The edges between the parts of the interface, read from the imports themselves.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ALLOWED: Record<string, string[]> = {
  shared: [],
  backend: [],
  state: ['backend', 'shared'],
  viewer: ['state', 'backend', 'shared'],
  findings: ['state', 'backend', 'shared'],
  matrix: ['state', 'backend', 'shared'],
  preferences: ['state', 'backend', 'shared'],
  app: ['viewer', 'findings', 'matrix', 'preferences', 'state', 'backend', 'shared'],
};
const OWNERS: Record<string, string> = { 'pdfjs-dist': 'viewer', '@tauri-apps': 'backend' };
const here = import.meta.dirname;

interface Import {
  file: string;
  part: string;
  target: string;
}

function imports(): Import[] {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && file.includes(path.sep) && !file.endsWith('.test.ts'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(path.join(here, file), 'utf8');
    const part = file.split(path.sep)[0] ?? '';
    return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) => ({
      file,
      part,
      target,
    }));
  });
}

test('imports go from app to features to state to backend only', () => {
  const stray = imports().filter(({ part, target }) => {
    const other = /^\.\.\/([a-z]+)/.exec(target)?.[1];
    return other !== undefined && !ALLOWED[part]?.includes(other);
  });
  expect(stray).toEqual([]);
});

test('pdf.js is known to the viewer and Tauri to the backend only', () => {
  const stray = imports().filter(({ part, target }) =>
    Object.entries(OWNERS).some(([name, owner]) => target.startsWith(name) && part !== owner),
  );
  expect(stray).toEqual([]);
});

test('every file begins by saying what it is for', () => {
  const silent = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      !file.includes('generated') &&
      !/^\/\/ |^\/\/\/ /.test(readFileSync(path.join(here, file), 'utf8')),
  );
  expect(silent).toEqual([]);
});
