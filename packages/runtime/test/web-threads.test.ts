import { afterEach, expect, it, vi } from 'vitest';
// As it was built: its source names what only browsers have, and tests are typed for Node.
import { chooseThreads } from '../dist/web/providers.js';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['a page with shared memory', true, SharedArrayBuffer, 4],
  ['a page that is not isolated', false, SharedArrayBuffer, 1],
  ['a browser without shared memory', true, undefined, 1],
])('%s has so many threads', (_what, isIsolated, memory, threads) => {
  vi.stubGlobal('crossOriginIsolated', isIsolated);
  vi.stubGlobal('SharedArrayBuffer', memory);
  vi.stubGlobal('navigator', { hardwareConcurrency: 16 });
  expect(chooseThreads('wasm', undefined)).toBe(threads);
  expect(chooseThreads('wasm', 3)).toBe(Math.min(3, threads));
  expect(chooseThreads('webgpu', 3)).toBe(1);
});
