import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleForBrowser } from '@diorama/browser';
import { expect, it, onTestFinished } from 'vitest';
import { bundleStage } from './browser-stage.ts';

it('bundles for a browser by its export condition, with nothing of Node in it', async () => {
  const bundle = await bundleStage();
  expect([...bundle.keys()]).toEqual(expect.arrayContaining(['stage.js', 'session-worker.js']));
  const text = [...bundle.values()].map((bytes) => Buffer.from(bytes).toString()).join('\n');
  // Not node:os: onnxruntime-web names it in a branch that no browser takes.
  expect(text.match(/worker_threads|onnxruntime-node|node:(fs|crypto|path)/)?.[0]).toBeUndefined();
});

it('keeps ONNX Runtime out of the page itself: only its worker loads that', async () => {
  const bundle = await bundleStage();
  const page = Buffer.from(bundle.get('stage.js') ?? []).toString();
  expect(page.includes('diorama-session')).toBe(true);
  expect(page.includes('wasmPaths')).toBe(false);
});

it('would not bundle what needs Node', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'diorama-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const page = join(folder, 'page.mjs');
  writeFileSync(page, "import { readFileSync } from 'node:fs';\nglobalThis.read = readFileSync;\n");
  await expect(bundleForBrowser({ page })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
});
