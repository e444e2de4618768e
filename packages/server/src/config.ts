import { resolve } from 'node:path';
import { DioramaError } from '@diorama/core';
import { defaultModelsFolder, type ProviderName } from '@diorama/runtime';
import { opennessFaults, unknownNameFaults, webhookFaults } from './config-faults.ts';
import { type LogLevel, type Settings, settingsSchema } from './config-schema.ts';

export type { LogLevel };

/** How many of the largest photos may be held at once. */
const LARGEST_PHOTOS_HELD = 8;

/** Everything that a start of the server can be told. Absent settings are the engine's to choose. */
export interface ServerConfig {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly model?: readonly string[];
  /** Where pulled models lie. */
  readonly modelsFolder: string;
  readonly provider?: ProviderName;
  readonly require?: 'gpu';
  readonly threads?: number;
  readonly sessions?: number;
  readonly photoWorkers?: number;
  /** Photos that may upload or wait besides those in work. */
  readonly maxQueued: number;
  /** Licences (SPDX) that bind, or are no public ones, and under which model files are passed on all the same. */
  readonly sharedLicences?: readonly string[];
  /** Of one photo, as it arrives. */
  readonly maxBytes: number;
  /** Of one photo, decoded. */
  readonly maxPixels: number;
  /** From the arrival of a request to its answer. */
  readonly requestTimeoutMs: number;
  readonly logLevel: LogLevel;
  /** Models that are open besides, for requests that name them. */
  readonly extraModels?: readonly string[];
  /** What photo workers and sessions are. */
  readonly isolation: 'process' | 'thread';
  readonly batching: 'auto' | 'off';
  /** Bytes that are held at once: of photos that upload, wait or are in work, and of answers that are not sent yet. */
  readonly maxHeldBytes: number;
  /** Pixels of photos that wait or are in work at once. */
  readonly maxHeldPixels: number;
  /** File of API keys; without one the server is open. */
  readonly keysFile?: string;
  /** File of seal keys; without one sealed pictures are not opened here. */
  readonly sealKeysFile?: string;
  /** File in which the photos of each key are counted; beside the keys by default. */
  readonly usageFile?: string;
  /** Where the model runs; in this server alone where none is named. */
  readonly predictors?: readonly string[];
  /** Whether the embedded model answers here while predictors elsewhere start, unless a request says. */
  readonly standsIn: boolean;
  /** File of public keys that pictures are sealed to, or `describe` for those that predictors say they have. */
  readonly sealTo?: string;
  /** Whether a server without keys may listen beyond its own machine. */
  readonly isOpen: boolean;
  /** Names of this server besides those of its own machine. */
  readonly allowedHosts: readonly string[];
  /** Pages of these origins may call the API. */
  readonly corsOrigins: readonly string[];
  /** How long a caller may take to read its answer. */
  readonly sendTimeoutMs: number;
  /** How long requests that were accepted may go on once the server is told to end. */
  readonly drainMs: number;
  /** Hosts from which photos are fetched; none by default. */
  readonly urlHosts: readonly string[];
  readonly urlTimeoutMs: number;
  readonly maxJobs: number;
  /** Bytes of photos and results that jobs hold at once. */
  readonly maxJobBytes: number;
  /** How long the result of a job is kept. */
  readonly jobKeepSeconds: number;
  /** Hosts to which the end of a job is told; none by default. */
  readonly webhookHosts: readonly string[];
  readonly webhookSecret?: string;
  readonly hasMetrics: boolean;
  /** Of the machine, in US dollars; for cost receipts. */
  readonly pricePerHour?: number;
  /** Of its GPU, in US dollars, where that is paid for besides. */
  readonly gpuPricePerHour?: number;
  /** Where traces are sent; nowhere by default. */
  readonly otlpEndpoint?: string;
  /** Names traces in logs as Google Cloud wants them. */
  readonly googleCloudProject?: string;
}

/**
 * The settings of a start, from environment variables.
 * @throws DioramaError `CONFIG_INVALID` that names every fault at once.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  // An empty value counts as not set, as compose files write it.
  const given = Object.entries(env).filter(([key, value]) => key in settingsSchema.shape && value);
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  const issues = new Map(parsed.error?.issues.map(({ path, message }) => [path[0], message]));
  const faults = [
    ...[...issues].map(([setting, message]) => `${String(setting)} ${message}`),
    ...unknownNameFaults(env, Object.keys(settingsSchema.shape)),
    ...opennessFaults(env),
    ...webhookFaults(env),
  ];
  if (parsed.success && faults.length === 0) return configOf(parsed.data, env);
  throw new DioramaError('CONFIG_INVALID', `${faults.join('; ')}.`);
}

function configOf(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): ServerConfig {
  const optional = {
    model: settings.DIORAMA_MODEL,
    provider: settings.DIORAMA_PROVIDER,
    require: settings.DIORAMA_REQUIRE,
    threads: settings.DIORAMA_THREADS,
    sessions: settings.DIORAMA_SESSIONS,
    photoWorkers: settings.DIORAMA_PHOTO_WORKERS,
    sharedLicences: settings.DIORAMA_SHARE_LICENCES,
    extraModels: settings.DIORAMA_EXTRA_MODELS,
    ...keyFiles(settings),
    sealKeysFile: settings.DIORAMA_SEAL_KEYS && resolve(settings.DIORAMA_SEAL_KEYS),
    predictors: settings.DIORAMA_PREDICTORS,
    sealTo: settings.DIORAMA_SEAL_TO,
    webhookSecret: settings.DIORAMA_WEBHOOK_SECRET,
    pricePerHour: settings.DIORAMA_PRICE_PER_HOUR,
    gpuPricePerHour: settings.DIORAMA_GPU_PRICE_PER_HOUR,
    otlpEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    googleCloudProject: settings.GOOGLE_CLOUD_PROJECT,
  };
  return Object.freeze({
    port: settings.PORT,
    // One server, one socket: `localhost` would bind twice where it has an IPv4 and an IPv6 address.
    host: settings.DIORAMA_HOST === 'localhost' ? '127.0.0.1' : settings.DIORAMA_HOST,
    ...dropAbsent(optional),
    modelsFolder: defaultModelsFolder(env),
    maxBytes: settings.DIORAMA_MAX_BYTES,
    maxPixels: settings.DIORAMA_MAX_PIXELS,
    requestTimeoutMs: settings.DIORAMA_REQUEST_TIMEOUT_MS,
    logLevel: settings.DIORAMA_LOG_LEVEL,
    maxQueued: settings.DIORAMA_MAX_QUEUED,
    isolation: settings.DIORAMA_ISOLATION,
    batching: settings.DIORAMA_BATCHING,
    maxHeldBytes:
      settings.DIORAMA_MAX_HELD_BYTES ?? LARGEST_PHOTOS_HELD * settings.DIORAMA_MAX_BYTES,
    maxHeldPixels:
      settings.DIORAMA_MAX_HELD_PIXELS ?? LARGEST_PHOTOS_HELD * settings.DIORAMA_MAX_PIXELS,
    standsIn: settings.DIORAMA_STAND_IN === 'on',
    isOpen: settings.DIORAMA_OPEN === 'yes',
    allowedHosts: settings.DIORAMA_ALLOWED_HOSTS ?? [],
    corsOrigins: settings.DIORAMA_CORS_ORIGINS ?? [],
    sendTimeoutMs: settings.DIORAMA_SEND_TIMEOUT_MS,
    drainMs: settings.DIORAMA_DRAIN_MS,
    urlHosts: settings.DIORAMA_URL_HOSTS ?? [],
    urlTimeoutMs: settings.DIORAMA_URL_TIMEOUT_MS,
    maxJobs: settings.DIORAMA_MAX_JOBS,
    maxJobBytes: settings.DIORAMA_MAX_JOB_BYTES,
    jobKeepSeconds: settings.DIORAMA_JOB_KEEP_SECONDS,
    webhookHosts: settings.DIORAMA_WEBHOOK_HOSTS ?? [],
    hasMetrics: settings.DIORAMA_METRICS === 'on',
  });
}

function keyFiles({ DIORAMA_KEYS: keys, DIORAMA_USAGE: usage }: Settings) {
  if (keys === undefined) return {};
  const keysFile = resolve(keys);
  return { keysFile, usageFile: usage === undefined ? `${keysFile}.usage.json` : resolve(usage) };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without the keys that hold `undefined`, which exact optional properties do not allow. */
function dropAbsent<T extends object>(values: T): Present<T> {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  // Entries lose the key names; the filter above is what the type says.
  return Object.fromEntries(present) as Present<T>;
}
