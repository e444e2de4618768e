import { availableParallelism } from 'node:os';
import type { ModelCard } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { assertAccepted } from '../shared/accepted-licence.ts';
import { parseModelCard } from '../shared/model-card-text.ts';
import type { SessionPool } from '../shared/picture-runner.ts';
import { DEFAULT_MAX_QUEUED, PooledPredictor } from '../shared/pooled-predictor.ts';
import type { Predictor, PredictorStats } from '../shared/predictor.ts';
import type { SessionAnswer, SessionRequest, SessionStart } from '../shared/session-messages.ts';
import { chooseBatching } from './choose-batching.ts';
import { DEFAULT_MODEL_ID, findModelCard } from './model-store.ts';
import { type Isolation, openWorkerPool } from './open-worker-pool.ts';
import { chooseProviders, type ProviderName, unavailable } from './providers.ts';

export interface LocalPredictorOptions {
  /** The id of a model that is embedded or was pulled, or a card of one's own. The default is the embedded model. */
  readonly model?: string | ModelCard | undefined;
  /** Where pulled models lie; by default the system's place for a person's data. */
  readonly modelsFolder?: string | undefined;
  /** Names of licences (SPDX) that the operator accepts for models which were not pulled, but are a card of one's own. */
  readonly acceptLicences?: readonly string[] | undefined;
  /** Exactly this one or a refusal. The default is `cpu`, or any GPU provider under `require: 'gpu'`. */
  readonly provider?: ProviderName | undefined;
  /** `gpu`: refuse a machine without one, and a network of which any part would run on the processor. */
  readonly require?: 'gpu' | undefined;
  /** Threads of one session for the arithmetic of one picture; the default is one for each processor. */
  readonly threads?: number | undefined;
  /** Sessions, each in its own worker with its own copy of the weights; the default is 1. */
  readonly sessions?: number | undefined;
  /** Pictures that may wait while every session is busy; the default is 64. */
  readonly maxQueued?: number | undefined;
  /** How long loading and the first run may take; the default is 30 s, and 1 s more for each 4 MB of the file. */
  readonly startTimeoutMs?: number | undefined;
  /** What a session's worker is: a thread of this process, which is the default, or a process of its own. */
  readonly isolation?: Isolation | undefined;
  /**
   * Whether pictures that wait are run together: where the provider gains from it, which is on a GPU (`auto`, the
   * default), never, or wherever the model can (`on`), which on a processor is for measuring.
   */
  readonly batching?: 'auto' | 'on' | 'off' | undefined;
}

/** A predictor whose sessions live in this process. */
export interface LocalPredictor extends Predictor {
  readonly provider: ProviderName;
  /** Threads that one session computes with; 1 on a GPU. */
  readonly threads: number;
  /** How busy its sessions are now. */
  stats(): PredictorStats;
}

/**
 * Opens sessions in worker threads and waits until each has done a first run.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_MISSING`, `MODEL_CORRUPT`, `LICENCE_NOT_ACCEPTED`, `CONFIG_INVALID`,
 * `PROVIDER_UNAVAILABLE`, `DEADLINE_EXCEEDED` when a session is not ready in time, `WORKER_CRASHED`
 */
export async function createLocalPredictor(
  options: LocalPredictorOptions = {},
): Promise<LocalPredictor> {
  const card = await cardOf(options.model ?? DEFAULT_MODEL_ID, options.modelsFolder);
  assertAccepted(card, options.acceptLicences ?? []);
  const threads = options.threads ?? availableParallelism();
  if (!Number.isInteger(threads) || threads < 1) {
    throw new DioramaError(
      'CONFIG_INVALID',
      `Threads must be a whole number from 1, not ${threads}.`,
    );
  }
  const refusals: string[] = [];
  for (const provider of await chooseProviders(options.provider, options.require)) {
    try {
      const pool = await openSessions(card, provider, { ...options, threads });
      const engine = { provider, threads: provider === 'cpu' ? threads : 1 };
      const batching = await chooseBatching(card, provider, pool, options).catch(async (error) => {
        await pool.dispose();
        throw error;
      });
      return new PooledPredictor(card, engine, pool, batching);
    } catch (error) {
      if (!isDioramaError(error) || error.code !== 'PROVIDER_UNAVAILABLE') throw error;
      if (options.provider !== undefined)
        throw await unavailable(provider, error.message, error.cause);
      refusals.push(`${provider}: ${error.message}`);
    }
  }
  throw await unavailable(undefined, refusals.join('; '));
}

async function cardOf(
  model: string | ModelCard,
  modelsFolder: string | undefined,
): Promise<ModelCard> {
  if (typeof model === 'string') return findModelCard(model, modelsFolder);
  return parseModelCard(model, `"${model.id}"`);
}

const START_TIMEOUT_MS = 30_000;
const BYTES_PER_MS = 4_000;

/** The largest models take half a minute for a first run on two cores, and longer on a busy machine. */
function startTimeoutOf({ bytes }: ModelCard): number {
  return START_TIMEOUT_MS + bytes / BYTES_PER_MS;
}

function openSessions(
  card: ModelCard,
  provider: ProviderName,
  options: LocalPredictorOptions & { readonly threads: number },
): Promise<SessionPool> {
  const isGpuRequired = options.require === 'gpu';
  const start: SessionStart<ProviderName> = {
    card,
    provider,
    threads: options.threads,
    isGpuRequired,
  };
  return openWorkerPool<SessionRequest, SessionAnswer>({
    workerUrl: new URL('./session-worker.js', import.meta.url),
    workerData: start,
    isInterruptible: false,
    isolation: options.isolation,
    name: `session-${card.id}`,
    size: options.sessions ?? 1,
    maxQueued: options.maxQueued ?? DEFAULT_MAX_QUEUED,
    startTimeoutMs: options.startTimeoutMs ?? startTimeoutOf(card),
  });
}
