import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SiteFiles } from './bundle.ts';

const NAMES = ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

/** ONNX Runtime's own files for the provider `wasm`, in `folder` of a site. */
export async function ortFiles(folder: string): Promise<SiteFiles> {
  const require = createRequire(import.meta.url);
  const dist = dirname(require.resolve('onnxruntime-web'));
  return new Map(
    await Promise.all(
      NAMES.map(async (name) => [`${folder}/${name}`, await readFile(join(dist, name))] as const),
    ),
  );
}
