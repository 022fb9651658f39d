// Fails a build for the window that would carry fixtures with it.
import type { Plugin } from 'vite';

export function noFixturesInProduction(): Plugin {
  return {
    name: 'no-fixtures-in-production',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        const modules = output.type === 'chunk' ? output.moduleIds : [];
        const stray = modules.find((id) => /backend\/fixture/.test(id));
        if (stray ?? output.fileName.startsWith('fixtures/')) {
          this.error(`${output.fileName} carries fixtures (${stray ?? 'files'}) into the production build`);
        }
      }
    },
  };
}
