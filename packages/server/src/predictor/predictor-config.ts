import { resolve } from 'node:path';
import { DioramaError } from '@diorama/core';
import { defaultModelsFolder, type ProviderName } from '@diorama/runtime';
import { unknownNameFaults } from '../config-faults.ts';
import type { LogLevel } from '../config-schema.ts';
import { type PredictorSettings, predictorSettingsSchema } from './predictor-schema.ts';

/** How many of the largest requests may be held at once. */
const LARGEST_REQUESTS_HELD = 8;
/** A request may bring 64 of the largest pictures: they wait as files, and only those in work are decoded. */
const LARGEST_PICTURES_HELD = 64;

/** Everything that a start of the predictor can be told. Absent settings are the engine's to choose. */
export interface PredictorConfig {
  readonly healthRoute: string;
  readonly predictRoute: string;
  readonly model: string | undefined;
  readonly modelsFolder: string;
  /** Where the weights are fetched from; with the image by default. */
  readonly storageUri: string | undefined;
  /** What the weights must hash to. */
  readonly modelSha256: string | undefined;
  /** SPDX names. */
  readonly acceptLicences: readonly string[];
  readonly weightsTimeoutMs: number;
  readonly provider?: ProviderName;
  readonly require?: 'gpu';
  readonly threads?: number;
  readonly sessions?: number;
  readonly photoWorkers?: number;
  readonly isolation: 'process' | 'thread';
  readonly batching: 'auto' | 'off';
  /** Of one request, as it arrives. */
  readonly maxBytes: number;
  /** Of one picture, decoded. */
  readonly maxPixels: number;
  /** Pictures that may upload or wait besides those in work. */
  readonly maxQueued: number;
  readonly maxHeldBytes: number;
  readonly maxHeldPixels: number;
  /** From the arrival of a request to its answer. */
  readonly requestTimeoutMs: number;
  readonly sendTimeoutMs: number;
  readonly drainMs: number;
  readonly sealKeysFile: string | undefined;
  readonly isSealRequired: boolean;
  readonly logLevel: LogLevel;
  readonly hasMetrics: boolean;
  readonly googleCloudProject: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of a predictor, from environment variables.
 * @throws DioramaError `CONFIG_INVALID` that names every fault at once.
 */
export function loadPredictorConfig(env: Environment): PredictorConfig {
  const { shape } = predictorSettingsSchema;
  const given = Object.entries(env).filter(([key, value]) => key in shape && value);
  const parsed = predictorSettingsSchema.safeParse(Object.fromEntries(given));
  const issues = new Map(parsed.error?.issues.map(({ path, message }) => [path[0], message]));
  const faults = [
    ...[...issues].map(([setting, message]) => `${String(setting)} ${message}`),
    ...unknownNameFaults(env, Object.keys(shape)),
    ...(parsed.success ? faultsBetween(parsed.data) : []),
  ];
  if (parsed.success && faults.length === 0) return configOf(parsed.data, env);
  throw new DioramaError('CONFIG_INVALID', `${faults.join('; ')}.`);
}

/** What is wrong with settings of which each alone is right. */
function faultsBetween(settings: PredictorSettings): string[] {
  const { AIP_HEALTH_ROUTE: health, AIP_PREDICT_ROUTE: predict } = settings;
  return [
    ...(health === predict ? ['AIP_HEALTH_ROUTE and AIP_PREDICT_ROUTE must differ'] : []),
    ...(settings.DIORAMA_SEAL === 'required' && !settings.DIORAMA_SEAL_KEYS
      ? ['DIORAMA_SEAL=required wants DIORAMA_SEAL_KEYS, without which nothing sealed can be read']
      : []),
  ];
}

function configOf(settings: PredictorSettings, env: Environment): PredictorConfig {
  const { DIORAMA_MAX_BODY_BYTES: maxBytes, DIORAMA_MAX_PIXELS: maxPixels } = settings;
  const { DIORAMA_PROVIDER: provider, DIORAMA_REQUIRE: require } = settings;
  const { DIORAMA_THREADS: threads, DIORAMA_SESSIONS: sessions } = settings;
  const { DIORAMA_PHOTO_WORKERS: photoWorkers, DIORAMA_SEAL_KEYS: sealKeys } = settings;
  return Object.freeze({
    healthRoute: settings.AIP_HEALTH_ROUTE,
    predictRoute: settings.AIP_PREDICT_ROUTE,
    model: settings.DIORAMA_MODEL,
    modelsFolder: defaultModelsFolder(env),
    storageUri: settings.AIP_STORAGE_URI,
    modelSha256: settings.DIORAMA_MODEL_SHA256,
    acceptLicences: settings.DIORAMA_ACCEPT_LICENCES ?? [],
    weightsTimeoutMs: settings.DIORAMA_WEIGHTS_TIMEOUT_MS,
    ...(provider === undefined ? {} : { provider }),
    ...(require === undefined ? {} : { require }),
    ...(threads === undefined ? {} : { threads }),
    ...(sessions === undefined ? {} : { sessions }),
    ...(photoWorkers === undefined ? {} : { photoWorkers }),
    isolation: settings.DIORAMA_ISOLATION,
    batching: settings.DIORAMA_BATCHING,
    maxBytes,
    maxPixels,
    maxQueued: settings.DIORAMA_MAX_QUEUED,
    maxHeldBytes: settings.DIORAMA_MAX_HELD_BYTES ?? LARGEST_REQUESTS_HELD * maxBytes,
    maxHeldPixels: settings.DIORAMA_MAX_HELD_PIXELS ?? LARGEST_PICTURES_HELD * maxPixels,
    requestTimeoutMs: settings.DIORAMA_REQUEST_TIMEOUT_MS,
    sendTimeoutMs: settings.DIORAMA_SEND_TIMEOUT_MS,
    drainMs: settings.DIORAMA_DRAIN_MS,
    sealKeysFile: sealKeys === undefined ? undefined : resolve(sealKeys),
    isSealRequired: settings.DIORAMA_SEAL === 'required',
    logLevel: settings.DIORAMA_LOG_LEVEL,
    hasMetrics: settings.DIORAMA_METRICS === 'on',
    googleCloudProject: settings.GOOGLE_CLOUD_PROJECT,
  });
}
