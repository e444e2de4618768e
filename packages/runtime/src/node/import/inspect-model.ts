import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ModelCard, ModelOutputMeaning } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { errorOfAbort } from '../../shared/abort-error.ts';
import { listCatalogue } from '../catalogue.ts';
import { listEmbeddedCards } from '../model-store.ts';
import { hashFile } from '../pull/durable-file.ts';
import { askProcess } from './ask-process.ts';
import { foreignFormat } from './foreign-format.ts';
import { IMPORT_PROCESS, type ImportRequest } from './import-request.ts';
import type { ProbedNetwork } from './probe-network.ts';

/** What is known of a model's file without asking anyone. */
export interface ModelInspection extends ProbedNetwork {
  readonly path: string;
  /** The last part of the path. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** From the file's name, and no id of a model that comes with Diorama or stands in its catalogue. */
  readonly proposedId: string;
  /** The model that the catalogue describes these very bytes as. */
  readonly known?: KnownFile | undefined;
}

export interface KnownFile {
  readonly id: string;
  /** Which of its sources hands this file out; absent for what comes with Diorama. */
  readonly from?: 'https' | 'package' | undefined;
  readonly licence: ModelCard['licence'];
  readonly normalise: Pick<ModelCard['input'], 'mean' | 'std'>;
  readonly meanings: Readonly<Record<string, ModelOutputMeaning>>;
}

export interface InspectOptions {
  /** How long the file may be looked through. Milliseconds; the default is ten minutes. */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const INSPECT_DEADLINE_MS = 10 * 60_000;
/** The most that one file of protocol buffers can hold. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Finds out what an ONNX file takes and answers, by running it on synthetic pictures in a process of its own.
 * @throws DioramaError `INPUT_NOT_FOUND`; `MODEL_CORRUPT` when it is no ONNX file or crashes; `REQUEST_INVALID` when no
 *   `Session` could run it; `MODEL_OUTPUT_INVALID` when it fails or answers no numbers; `DEADLINE_EXCEEDED`,
 *   `WORKER_CRASHED`, `CANCELLED`
 */
export async function inspectModel(
  path: string,
  { deadlineMs = INSPECT_DEADLINE_MS, signal }: InspectOptions = {},
): Promise<ModelInspection> {
  const file = basename(path);
  await assertModelFile(path, file);
  try {
    const { hash: sha256, bytes } = await hashFile(path, {
      algorithm: 'sha256',
      encoding: 'hex',
      signal,
    });
    const probed = await askProcess<ImportRequest, ProbedNetwork>(
      IMPORT_PROCESS,
      { kind: 'probe', path },
      { about: file, deadlineMs, signal },
    );
    const known = await findKnown(sha256);
    return { ...probed, path, file, bytes, sha256, proposedId: await freeId(file), known };
  } catch (error) {
    if (signal?.aborted) throw errorOfAbort(signal);
    if (isDioramaError(error)) throw error;
    throw unreadable(file, error);
  }
}

async function assertModelFile(path: string, file: string): Promise<void> {
  const start = await startOf(path).catch((error) => {
    throw unreadable(file, error);
  });
  const foreign = foreignFormat(start.bytes);
  if (foreign) throw new DioramaError('MODEL_CORRUPT', `${file} is no ONNX file: ${foreign}`);
  if (start.size > MOST_BYTES) {
    const message = `${file} is larger than 2 GiB, which no ONNX file is`;
    throw new DioramaError('MODEL_CORRUPT', message);
  }
}

async function startOf(path: string): Promise<{ size: number; bytes: Uint8Array }> {
  // A pipe would be waited for.
  if (!(await stat(path)).isFile()) throw new Error('not a file');
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(64), position: 0 });
    return { size, bytes: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

function unreadable(file: string, cause: unknown): DioramaError {
  return new DioramaError('INPUT_NOT_FOUND', `${file} is no file that can be read`, { cause });
}

async function findKnown(sha256: string): Promise<KnownFile | undefined> {
  const embedded = (await listEmbeddedCards()).find((card) => card.sha256 === sha256);
  if (embedded) return knownFile({ ...embedded, ...embedded.input });
  for (const card of await listCatalogue()) {
    const source = card.sources.find((candidate) => candidate.sha256 === sha256);
    if (!source) continue;
    return {
      ...knownFile({
        id: card.id,
        licence: source.licence ?? card.licence,
        mean: source.input?.mean ?? card.input.mean,
        std: source.input?.std ?? card.input.std,
        outputs: source.outputs ?? card.outputs,
      }),
      from: source.kind,
    };
  }
  return undefined;
}

function knownFile(
  card: Pick<ModelCard, 'id' | 'licence' | 'outputs'> & KnownFile['normalise'],
): KnownFile {
  const { id, licence, mean, std } = card;
  const meanings = Object.fromEntries(card.outputs.map(({ name, meaning }) => [name, meaning]));
  return { id, licence, normalise: { mean, std }, meanings };
}

async function freeId(file: string): Promise<string> {
  const plain = file
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  const id = plain || 'model';
  return (await isReservedId(id)) ? `${id}-own` : id;
}

/** Whether a model of this id comes with Diorama or stands in its catalogue. */
export async function isReservedId(id: string): Promise<boolean> {
  const cards = [...(await listEmbeddedCards()), ...(await listCatalogue())];
  return cards.some((card) => card.id === id);
}
