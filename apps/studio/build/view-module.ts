import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const ENTRY = fileURLToPath(new URL('../src/view/view.ts', import.meta.url));

/** Builds `<diorama-view>` as `view.js`, one file for pages elsewhere: nothing of the studio is in it. */
export function viewModule(): Plugin {
  let outDir = '';
  return {
    name: 'view-module',
    apply: 'build',
    configResolved: ({ root, build: options }) => {
      outDir = resolve(root, options.outDir);
    },
    // After the folder was emptied and filled.
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: async () => {
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2022',
            modulePreload: false,
            rolldownOptions: {
              input: ENTRY,
              preserveEntrySignatures: 'strict',
              output: { format: 'es', entryFileNames: 'view.js' },
            },
          },
        });
      },
    },
  };
}
