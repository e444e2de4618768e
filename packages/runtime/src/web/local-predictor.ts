import type { ModelCard } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { parseModelCard } from '../shared/model-card-text.ts';
import { DEFAULT_MAX_QUEUED, PooledPredictor } from '../shared/pooled-predictor.ts';
import type { Predictor } from '../shared/predictor.ts';
import type { SessionAnswer, SessionRequest } from '../shared/session-messages.ts';
import { openPool, type PoolStats } from '../shared/worker-pool.ts';
import { PageWorker } from './page-worker.ts';
import { chooseProvider, chooseThreads, type ProviderName, unavailable } from './providers.ts';
import type { WebSessionStart } from './session-start.ts';

/** Long enough for the files to arrive over a slow line. */
const DEFAULT_START_TIMEOUT_MS = 120_000;

export interface LocalPredictorOptions {
  /** The model's card. */
  readonly model: ModelCard;
  /** The model's file: where it is, relative to the page, or its bytes. Checked against the card's SHA-256. */
  readonly file: string | URL | ArrayBuffer;
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
  /** How long loading and the first run may take; the default is 120 s. */
  readonly startTimeoutMs?: number | undefined;
}

/** A predictor whose one session lives in a worker of this page. */
export interface LocalPredictor extends Predictor {
  readonly provider: ProviderName;
  /** Threads that it computes with; 1 on a GPU. */
  readonly threads: number;
  /** How busy it is now. */
  stats(): PoolStats;
}

/**
 * Opens a session in a worker of this page and waits until it has done a first run.
 * @throws DioramaError `CONFIG_INVALID`, `MODEL_CORRUPT`, `PROVIDER_UNAVAILABLE`, `DEADLINE_EXCEEDED` when the
 * session is not ready in time, `WORKER_CRASHED` when its script does not load.
 */
export async function createLocalPredictor(
  options: LocalPredictorOptions,
): Promise<LocalPredictor> {
  const card = parseModelCard(options.model, 'of the predictor');
  const provider = chooseProvider(options.provider, options.require);
  const threads = chooseThreads(provider, options.threads);
  const workerData: WebSessionStart = {
    card,
    provider,
    threads,
    isGpuRequired: options.require === 'gpu',
    file: options.file instanceof ArrayBuffer ? options.file : addressOf(options.file).href,
    wasmFolder: addressOf(options.wasmFolder).href.replace(/\/?$/, '/'),
  };
  const workerUrl = options.workerUrl ? addressOf(options.workerUrl) : undefined;
  try {
    const pool = await openPool<SessionRequest, SessionAnswer>(
      (_name, events) => new PageWorker({ workerUrl, workerData }, events),
      {
        name: `session-${card.id}`,
        size: 1,
        maxQueued: options.maxQueued ?? DEFAULT_MAX_QUEUED,
        startTimeoutMs: options.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS,
      },
    );
    return new PooledPredictor(card, { provider, threads }, pool);
  } catch (error) {
    if (!isDioramaError(error) || error.code !== 'PROVIDER_UNAVAILABLE') throw error;
    throw unavailable(provider, error.message, error.cause);
  }
}

/** An address as the page would understand it: a worker would take it as relative to its own script. */
function addressOf(address: string | URL): URL {
  return new URL(address, globalThis.document?.baseURI ?? globalThis.location.href);
}
