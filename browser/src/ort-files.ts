import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SiteFiles } from './bundle.ts';

const BUILDS = { wasm: 'ort-wasm-simd-threaded', webgpu: 'ort-wasm-simd-threaded.asyncify' };

/** ONNX Runtime's own files for a provider, in `folder` of a site. */
export async function ortFiles(
  folder: string,
  provider: keyof typeof BUILDS = 'wasm',
): Promise<SiteFiles> {
  const names = ['mjs', 'wasm'].map((ending) => `${BUILDS[provider]}.${ending}`);
  const require = createRequire(import.meta.url);
  const dist = dirname(require.resolve('onnxruntime-web'));
  return new Map(
    await Promise.all(
      names.map(async (name) => [`${folder}/${name}`, await readFile(join(dist, name))] as const),
    ),
  );
}
