import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { progressTeller } from './load-progress.ts';
import { findCached, keepCached, removeCachedModels } from './model-cache.ts';
import { notFetched, notTheCards } from './model-faults.ts';
import { readBody } from './read-body.ts';
import type { ModelFile, WebSessionStart } from './session-start.ts';

/** How long a host may send nothing before it counts as gone. */
const LONGEST_SILENCE_MS = 60_000;
/** Of a file that lies here already. */
const BLOB_PART_BYTES = 4 * 1024 * 1024;

export interface LoadedModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Settles, never with an error, when the file is kept for the next time or cannot be. */
  readonly kept: Promise<void>;
}

type Tell = (received: number) => void;

/**
 * The bytes of a model, checked against its card, wherever they come from. An address is fetched from that very address:
 * a redirect is refused, since it could lead to a host that nobody named.
 * @throws DioramaError `MODEL_CORRUPT` when the file is not the card's; `SOURCE_UNAVAILABLE` when it cannot be fetched;
 * `INPUT_NOT_FOUND` when a file that a person chose cannot be read; `MODEL_MISSING` when none was named and none is kept;
 * `PROVIDER_UNAVAILABLE` when there is no memory for it; `CONFIG_INVALID` where the browser offers no SHA-256, which is
 * on pages that came neither by https nor from localhost.
 */
export async function loadModelFile(start: WebSessionStart): Promise<LoadedModel> {
  if (!globalThis.isSecureContext) {
    throw new DioramaError(
      'CONFIG_INVALID',
      'A model can be checked only in a page that came by https or from localhost.',
    );
  }
  const { card, cache, file } = start;
  start.file = undefined;
  const tell = progressTeller(start.progress, card.bytes);
  try {
    const isAtHand = file instanceof ArrayBuffer || file instanceof Blob;
    const cached = cache === 'browser' && !isAtHand ? await readCached(card, tell) : undefined;
    if (cached) return { bytes: cached, kept: Promise.resolve() };
    const bytes = await read(card, file, cache === 'browser', tell);
    const sha256 = await hashOf(bytes);
    if (sha256 !== card.sha256 || bytes.length !== card.bytes) {
      throw notTheCards(card, { bytes: bytes.length, sha256 });
    }
    return { bytes, kept: cache === 'browser' ? keepCached(card, bytes) : Promise.resolve() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const why = `there is no memory for the ${card.bytes} bytes of model ${card.id}`;
    throw new DioramaError('PROVIDER_UNAVAILABLE', why, { cause: error });
  }
}

/** What this browser keeps. It is checked like any other file; when it is damaged it is thrown away. */
async function readCached(
  card: ModelCard,
  tell: Tell,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const body = await findCached(card.sha256);
  if (!body) return undefined;
  try {
    const bytes = await readBody(body, card.bytes, tell);
    if (bytes.length === card.bytes && (await hashOf(bytes)) === card.sha256) return bytes;
  } catch (error) {
    if (error instanceof RangeError) throw error;
  }
  await removeCachedModels(card.sha256);
  return undefined;
}

async function read(
  card: ModelCard,
  file: ModelFile | undefined,
  isKept: boolean,
  tell: Tell,
): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof file === 'string') return download(card, file, isKept, tell);
  if (file instanceof ArrayBuffer) {
    tell(file.byteLength);
    return new Uint8Array(file);
  }
  if (file) return readBlob(card, file, tell);
  throw new DioramaError(
    'MODEL_MISSING',
    `The file of model ${card.id} is not kept in this browser, and no other was named.`,
  );
}

/**
 * Part by part, and not as a stream: in Firefox (seen in 153) every third worker that has read one from a Blob to its end
 * never gets the threads that it asks for afterwards.
 */
async function readBlob(card: ModelCard, blob: Blob, tell: Tell): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const bytes = new Uint8Array(blob.size);
    tell(0);
    for (let at = 0; at < bytes.length; at += BLOB_PART_BYTES) {
      const part = await blob.slice(at, at + BLOB_PART_BYTES).arrayBuffer();
      bytes.set(new Uint8Array(part), at);
      tell(at + part.byteLength);
    }
    return bytes;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const message = `The file that was chosen for model ${card.id} cannot be read any more.`;
    throw new DioramaError('INPUT_NOT_FOUND', message, { cause: error });
  }
}

async function download(
  card: ModelCard,
  address: string,
  isKept: boolean,
  tell: Tell,
): Promise<Uint8Array<ArrayBuffer>> {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hear = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), LONGEST_SILENCE_MS);
  };
  hear();
  try {
    const response = await fetch(address, {
      redirect: 'error',
      signal: silence.signal,
      // The browser's own cache of answers would keep a second copy of what is kept here.
      cache: isKept ? 'no-store' : 'default',
    });
    if (!response.ok || !response.body) throw notFetched(card, `status ${response.status}`);
    return await readBody(response.body, card.bytes, (received) => {
      hear();
      tell(received);
    });
  } catch (error) {
    if (error instanceof DioramaError || error instanceof RangeError) throw error;
    const why = silence.signal.aborted ? 'nothing came for a minute' : 'the download failed';
    throw notFetched(card, why, error);
  } finally {
    clearTimeout(timer);
  }
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
