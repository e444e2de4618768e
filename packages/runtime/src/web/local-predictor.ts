import type { ModelCard } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { errorOfAbort } from '../shared/abort-error.ts';
import { assertAccepted } from '../shared/accepted-licence.ts';
import { parseModelCard } from '../shared/model-card-text.ts';
import { DEFAULT_MAX_QUEUED, PooledPredictor } from '../shared/pooled-predictor.ts';
import type { Predictor, PredictorStats } from '../shared/predictor.ts';
import type { SessionAnswer, SessionRequest } from '../shared/session-messages.ts';
import { openPool } from '../shared/worker-pool.ts';
import type { WorkerPort } from '../shared/worker-port.ts';
import { type LoadProgress, listenForProgress } from './load-progress.ts';
import { notTheCards } from './model-faults.ts';
import { addressOf, folderAddressOf } from './page-address.ts';
import { PageWorker } from './page-worker.ts';
import { chooseProvider, chooseThreads, type ProviderName, unavailable } from './providers.ts';
import type { CacheChoice, ModelFile, WebSessionStart } from './session-start.ts';

/** For ONNX Runtime's own files and the first run; the model's file has its own time, over a line of 1 Mbit/s. */
const DEFAULT_START_TIMEOUT_MS = 120_000;
const SLOW_LINE_BYTES_PER_MS = 125;
/** The most that a timer takes; beyond it, it rings at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface LocalPredictorOptions {
  /** The model's card. */
  readonly model: ModelCard;
  /**
   * The model's file, checked against the card's SHA-256: where it is, relative to the page; or a file that a person
   * chose; or its bytes, which move to the worker, so that the buffer is empty afterwards. Nothing is needed where
   * `cache` is `browser` and the file is kept already.
   */
  readonly file?: string | URL | Blob | ArrayBuffer | undefined;
  /**
   * `browser`: the file, once checked, is kept in this browser for this origin, and taken from there the next time. Ask
   * the person first. A store that is full or refused only means that nothing is kept. The default, `none`, writes
   * nothing.
   */
  readonly cache?: CacheChoice | undefined;
  /** Names of licences (SPDX) that the person accepts, of those that need it. */
  readonly acceptLicences?: readonly string[] | undefined;
  /** Called while the file comes, about a hundred times, with bytes. Smaller than before: it begins anew. */
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Ends the start, download and all. Of no effect once the predictor is there. */
  readonly signal?: AbortSignal | undefined;
  /** Folder of ONNX Runtime's own files, relative to the page: `ort-wasm-*.mjs` and `.wasm` of onnxruntime-web. */
  readonly wasmFolder: string | URL;
  /** Where the bundled `@diorama/runtime/session-worker` is; by default `session-worker.js` beside this module. */
  readonly workerUrl?: string | URL | undefined;
  /** Exactly this one or a refusal; the default is `wasm`, or `webgpu` under `require: 'gpu'`. */
  readonly provider?: ProviderName | undefined;
  /** `gpu`: refuse a browser without one, and a network of which any part would run on the processor. */
  readonly require?: 'gpu' | undefined;
  /** Threads of `wasm` in a cross-origin isolated page; the default is one per processor, at most 4. Else one. */
  readonly threads?: number | undefined;
  /** Pictures that may wait while one runs; the default is 64. */
  readonly maxQueued?: number | undefined;
  /** How long loading and the first run may take; the default is 120 s and 8 s more for each megabyte of the file. */
  readonly startTimeoutMs?: number | undefined;
}

/** A predictor whose one session lives in a worker of this page. */
export interface LocalPredictor extends Predictor {
  readonly provider: ProviderName;
  /** Threads that it computes with; 1 on a GPU. */
  readonly threads: number;
  /** How busy it is now. */
  stats(): PredictorStats;
}

/**
 * Opens a session in a worker of this page and waits until it has done a first run.
 * @throws DioramaError `LICENCE_NOT_ACCEPTED` before anything is fetched; `CONFIG_INVALID`; `MODEL_CORRUPT`,
 * `MODEL_MISSING`, `SOURCE_UNAVAILABLE` and `INPUT_NOT_FOUND` for its file; `PROVIDER_UNAVAILABLE`; `CANCELLED`;
 * `DEADLINE_EXCEEDED` when the session is not ready in time; `WORKER_CRASHED` when its script does not load.
 */
export async function createLocalPredictor(
  options: LocalPredictorOptions,
): Promise<LocalPredictor> {
  const { signal, onProgress } = options;
  const card = parseModelCard(options.model, 'of the predictor');
  assertAccepted(card, options.acceptLicences ?? []);
  const provider = chooseProvider(options.provider, options.require);
  const threads = chooseThreads(provider, options.threads);
  const file = fileOf(card, options.file);
  const progress = onProgress && listenForProgress(onProgress);
  const starts = startsOf(
    {
      card,
      provider,
      threads,
      isGpuRequired: options.require === 'gpu',
      cache: options.cache ?? 'none',
      wasmFolder: folderAddressOf(options.wasmFolder).href,
    },
    { file, progress: progress?.port },
  );
  const mayStartAgain = !(file instanceof ArrayBuffer);
  const workerUrl = options.workerUrl ? addressOf(options.workerUrl) : undefined;
  let worker: PageWorker | undefined;
  const abort = (): void => worker?.cutOff();
  try {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', abort);
    const pool = await openPool<SessionRequest, SessionAnswer>(
      (_name, events): WorkerPort => {
        worker = new PageWorker({ workerUrl, nextStart: starts, mayStartAgain }, events);
        return worker;
      },
      {
        name: `session-${card.id}`,
        size: 1,
        maxQueued: options.maxQueued ?? DEFAULT_MAX_QUEUED,
        startTimeoutMs: options.startTimeoutMs ?? startTimeoutOf(card),
      },
    );
    return new PooledPredictor(card, { provider, threads }, pool, {
      off: 'a page asks for one picture at a time',
    });
  } catch (error) {
    if (signal?.aborted) throw errorOfAbort(signal);
    if (!isDioramaError(error) || error.code !== 'PROVIDER_UNAVAILABLE') throw error;
    throw unavailable(provider, error.message, error.cause);
  } finally {
    signal?.removeEventListener('abort', abort);
    progress?.stop();
  }
}

function startTimeoutOf({ bytes }: ModelCard): number {
  return Math.min(DEFAULT_START_TIMEOUT_MS + bytes / SLOW_LINE_BYTES_PER_MS, LONGEST_TIMER_MS);
}

/** The file as its worker can take it. What is not the card's size is refused here, before anything starts. */
function fileOf(card: ModelCard, file: LocalPredictorOptions['file']): ModelFile | undefined {
  if (typeof file === 'string' || file instanceof URL) return addressOf(file).href;
  if (file === undefined) return undefined;
  const bytes = file instanceof Blob ? file.size : file.byteLength;
  if (bytes !== card.bytes) throw notTheCards(card, { bytes });
  return file;
}

/**
 * What each worker starts with: the first one, and those that replace it after a crash. Bytes and port move to the first;
 * a copy for the others would lie beside the session for as long as it lives.
 */
function startsOf(
  common: Omit<WebSessionStart, 'file' | 'progress'>,
  first: Pick<WebSessionStart, 'file' | 'progress'>,
): () => { readonly workerData: WebSessionStart; readonly transfer: readonly Transferable[] } {
  let { file, progress } = first;
  return () => {
    const workerData: WebSessionStart = { ...common, file, progress };
    const bytes = file instanceof ArrayBuffer ? [file] : [];
    const transfer = [...bytes, ...(progress ? [progress] : [])];
    if (file instanceof ArrayBuffer) file = undefined;
    progress = undefined;
    return { workerData, transfer };
  };
}
