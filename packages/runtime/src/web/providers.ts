import { DioramaError } from '@diorama/core';

/** What can run a network in a browser: `wasm` on the processor, `webgpu` on a GPU. */
export const PROVIDER_NAMES = ['wasm', 'webgpu'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

/** More threads than this gain little on a network of this size, and a page is not alone on its machine. */
const MOST_THREADS = 4;

/**
 * The provider that answers what was asked, and never another one.
 * @throws DioramaError `PROVIDER_UNAVAILABLE` when a GPU is required of the processor.
 */
export function chooseProvider(
  name: ProviderName | undefined,
  require: 'gpu' | undefined,
): ProviderName {
  if (require !== 'gpu') return name ?? 'wasm';
  if (name === 'wasm') throw unavailable(name, 'a GPU is required and wasm runs on the processor');
  return 'webgpu';
}

/**
 * The threads that a network can have here: one on a GPU, and one in a page that is not cross-origin isolated,
 * since threads share memory and browsers give shared memory to isolated pages alone, if at all.
 * @throws DioramaError `CONFIG_INVALID`
 */
export function chooseThreads(provider: ProviderName, asked: number | undefined): number {
  if (asked !== undefined && (!Number.isInteger(asked) || asked < 1)) {
    throw new DioramaError(
      'CONFIG_INVALID',
      `Threads must be a whole number from 1, not ${asked}.`,
    );
  }
  if (provider !== 'wasm' || !sharesMemory()) return 1;
  return asked ?? Math.min(MOST_THREADS, navigator.hardwareConcurrency);
}

/** Some builds of WebKit call a page isolated and have no shared memory all the same. */
function sharesMemory(): boolean {
  return globalThis.crossOriginIsolated && typeof SharedArrayBuffer === 'function';
}

/** A refusal that says which provider was asked for and why it cannot be had. */
export function unavailable(name: ProviderName, why: string, cause?: unknown): DioramaError {
  return new DioramaError('PROVIDER_UNAVAILABLE', `Provider ${name} is not available: ${why}.`, {
    cause,
    detail: { provider: name },
  });
}
