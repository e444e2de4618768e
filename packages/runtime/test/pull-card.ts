import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueCard } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import type { PullTimes } from '@diorama/runtime';
import { onTestFinished } from 'vitest';
import { sha256Of } from './pull-server.ts';

/** The card of a model that no one publishes; tests bring its file by a mirror on loopback. */
export function fetchableCard(own: Partial<CatalogueCard> = {}): CatalogueCard {
  return {
    id: 'tiny',
    version: '1',
    title: 'Tiny',
    tasks: ['matte'],
    goodFor: 'Tests.',
    input: {
      name: 'image',
      size: { policy: 'fixed', width: 64, height: 64 },
      layout: 'nchw',
      channelOrder: 'rgb',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    outputs: [{ name: 'alpha', meaning: 'alpha' }],
    licence: { spdx: 'MIT', commercialUse: true, terms: 'Free.' },
    sources: [],
    origin: { trainingData: 'None.', knownFaults: [] },
    ...own,
  };
}

/** The same with one source whose facts are those of a file. */
export function cardOfFile(bytes: Uint8Array, own: Partial<CatalogueCard> = {}): CatalogueCard {
  const source = {
    kind: 'https',
    url: 'https://models.invalid/tiny.onnx',
    bytes: bytes.byteLength,
    sha256: sha256Of(bytes),
  } as const;
  return fetchableCard({ sources: [source], ...own });
}

/** A folder that is gone after the test. */
export async function modelsFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-models-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What lies in the folder of a model. */
export async function filesOf(folder: string, id = 'tiny'): Promise<readonly string[]> {
  return (await readdir(join(folder, id)).catch(() => [])).sort();
}

/** As patient as tests are. */
export const SHORT: Partial<PullTimes> = {
  headersMs: 400,
  stallMs: 300,
  retryMs: 5,
  longestRetryMs: 3000,
};

/** How a promise was refused: `CODE message`, or that it was not. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'not refused';
  } catch (error) {
    if (isDioramaError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
}
