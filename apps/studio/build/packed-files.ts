import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const PACKED = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.wasm', '.txt', '.md']);
/** Below it, the headers of a packed answer weigh as much as what is saved. */
const WORTH_BYTES = 1000;
/** Files of megabytes are packed less well, or a build would take minutes. */
const LARGE_BYTES = 2_000_000;

/** Writes `FILE.br` and `FILE.gz` beside each file that a packed answer pays for, so that no server packs anything. */
export function packedFiles(): Plugin {
  let outDir = '';
  return {
    name: 'packed-files',
    apply: 'build',
    configResolved: ({ root, build }) => {
      outDir = resolve(root, build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: async () => {
        const paths = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
          .map((path) => join(outDir, path))
          .filter((path) => PACKED.has(extname(path)) && statSync(path).size > WORTH_BYTES);
        await Promise.all(paths.map(pack));
      },
    },
  };
}

async function pack(path: string): Promise<void> {
  const bytes = readFileSync(path);
  const isLarge = bytes.length > LARGE_BYTES;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: isLarge ? 5 : 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    promisify(gzip)(bytes, { level: isLarge ? 6 : 9 }),
  ]);
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
}
