import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** What runs or is needed to run; pictures are not, and packed versions come by themselves. */
const LISTED = /\.(js|mjs|css|wasm)$/;

/** Writes `chunks.json`: the addresses of all files that are named by their hash, for who loads them before they are needed. */
export function chunkList(): Plugin {
  let outDir = '';
  return {
    name: 'chunk-list',
    apply: 'build',
    configResolved: ({ root, build }) => {
      outDir = resolve(root, build.outDir);
    },
    // Of what is there in the end: some chunks turn out to be empty, and are not written.
    writeBundle: {
      order: 'post',
      handler: () => {
        const names = readdirSync(join(outDir, 'assets')).filter((name) => LISTED.test(name));
        const paths = names.toSorted().map((name) => `/assets/${name}`);
        writeFileSync(join(outDir, 'chunks.json'), JSON.stringify(paths));
      },
    },
  };
}
