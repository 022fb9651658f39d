// Serves a folder during development and copies it into the build, but for the files that are left out.
import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

const TYPES: Record<string, string> = {
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.js': 'text/javascript',
};

export function staticFolder(
  from: string,
  to: string,
  leaveOut: (name: string) => boolean = () => false,
): Plugin {
  return {
    name: `static-folder:${to}`,
    configureServer(server) {
      server.middlewares.use(`/${to}`, (request, response, next) => {
        const name = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
        const file = path.join(from, path.normalize(`/${name}`));
        stat(file).then(
          (found) => {
            if (!found.isFile() || leaveOut(path.basename(file))) return next();
            response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
            createReadStream(file).pipe(response);
          },
          () => next(),
        );
      });
    },
    async generateBundle() {
      const entries = await readdir(from, { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        if (!entry.isFile() || leaveOut(entry.name)) continue;
        const file = path.join(entry.parentPath, entry.name);
        const fileName = path.posix.join(to, ...path.relative(from, file).split(path.sep));
        this.emitFile({ type: 'asset', fileName, source: await readFile(file) });
      }
    },
  };
}
