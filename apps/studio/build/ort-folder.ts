import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** ONNX Runtime's own files for WASM and for WebGPU; a page loads the pair of its provider. */
const FILES = ['ort-wasm-simd-threaded', 'ort-wasm-simd-threaded.asyncify'].flatMap((name) => [
  `${name}.mjs`,
  `${name}.wasm`,
]);

/** Puts ONNX Runtime's own files beside the page, in `ort/`. */
export function ortFolder(): Plugin {
  let outDir = '';
  return {
    name: 'ort-folder',
    apply: 'build',
    configResolved: ({ root, build }) => {
      outDir = resolve(root, build.outDir);
    },
    // After the folder was emptied and filled.
    writeBundle: {
      order: 'pre',
      handler: () => {
        const from = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
        mkdirSync(join(outDir, 'ort'), { recursive: true });
        for (const file of FILES) copyFileSync(join(from, file), join(outDir, 'ort', file));
      },
    },
  };
}
