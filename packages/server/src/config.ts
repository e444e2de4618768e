import { DioramaError } from '@diorama/core';
import { defaultModelsFolder, PROVIDER_NAMES, type ProviderName } from '@diorama/runtime';
import { z } from 'zod';

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MEBI = 2 ** 20;

/** How many of the largest photos may be held at once. */
const LARGEST_PHOTOS_HELD = 8;

/** Environment values are text; an empty one counts as not set, as compose files write them. */
function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,13}$/, { error })
    .transform(Number)
    .pipe(z.int().min(min, { error }).max(max, { error }));
}

const models = z
  .string()
  .regex(/^[\w.-]{1,100}(,[\w.-]{1,100})*$/, {
    error: 'must be ids of models, separated by commas',
  })
  .transform((text) => text.split(','));

const licences = z
  .string()
  .regex(/^ *[\w.+-]{1,100}( *, *[\w.+-]{1,100})* *$/, {
    error: 'must be names of licences (SPDX), separated by commas',
  })
  .transform((text) => text.split(',').map((name) => name.trim()));

/** A list with commas; each entry must match. */
function list(entry: RegExp, error: string) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .pipe(z.array(z.string().regex(entry, { error }), { error }).min(1, { error }));
}

const hostNames = list(
  /^(\*|(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]+\])$/i,
  'must be host names, *.names or *, separated by commas',
);

const origins = list(
  /^(\*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?)$/i,
  'must be origins such as https://app.example, or *, separated by commas',
);

const filePath = z.string().max(4096, { error: 'must be the path of a file' });

const price = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, { error: 'must be US dollars for an hour, such as 0.71' })
  .transform(Number);

export const settingsSchema = z.object({
  PORT: whole(0, 65_535).default(8080),
  /** Loopback unless the operator opens it: nobody else on the network sees a laptop's server. */
  DIORAMA_HOST: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, { error: 'must be an address or a host name' })
    .default('127.0.0.1'),
  /** One id, or several with commas, the preferred ones first. */
  DIORAMA_MODEL: models.optional(),
  DIORAMA_PROVIDER: z
    .enum(PROVIDER_NAMES, { error: `must be one of ${PROVIDER_NAMES.join(', ')}` })
    .optional(),
  DIORAMA_REQUIRE: z.enum(['gpu'], { error: 'must be gpu, or not set' }).optional(),
  DIORAMA_THREADS: whole(1, 1024).optional(),
  DIORAMA_SESSIONS: whole(1, 256).optional(),
  DIORAMA_PHOTO_WORKERS: whole(1, 256).optional(),
  DIORAMA_MAX_QUEUED: whole(0, 100_000).optional(),
  /** Models that are open besides, for requests that name them. */
  DIORAMA_EXTRA_MODELS: models.optional(),
  DIORAMA_ISOLATION: z
    .enum(['process', 'thread'], { error: 'must be process or thread' })
    .default('process'),
  DIORAMA_BATCHING: z.enum(['auto', 'off'], { error: 'must be auto or off' }).default('auto'),
  DIORAMA_MAX_HELD_BYTES: whole(1, 1024 ** 4).optional(),
  DIORAMA_MAX_HELD_PIXELS: whole(1, 1024 ** 4).optional(),
  DIORAMA_KEYS: filePath.optional(),
  DIORAMA_USAGE: filePath.optional(),
  DIORAMA_OPEN: z.enum(['yes'], { error: 'must be yes, or not set' }).optional(),
  DIORAMA_ALLOWED_HOSTS: hostNames.optional(),
  DIORAMA_CORS_ORIGINS: origins.optional(),
  DIORAMA_SEND_TIMEOUT_MS: whole(100, 3_600_000).default(60_000),
  DIORAMA_DRAIN_MS: whole(0, 3_600_000).default(8000),
  DIORAMA_URL_HOSTS: hostNames.optional(),
  DIORAMA_URL_TIMEOUT_MS: whole(100, 600_000).default(10_000),
  DIORAMA_MAX_JOBS: whole(0, 100_000).default(256),
  DIORAMA_MAX_JOB_BYTES: whole(1, 1024 ** 4).default(512 * MEBI),
  DIORAMA_JOB_KEEP_SECONDS: whole(1, 86_400).default(300),
  DIORAMA_WEBHOOK_HOSTS: hostNames.optional(),
  DIORAMA_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, {
      error: 'must be whsec_ and at least 24 random bytes in base64',
    })
    .optional(),
  DIORAMA_METRICS: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  DIORAMA_PRICE_PER_HOUR: price.optional(),
  DIORAMA_GPU_PRICE_PER_HOUR: price.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional(),
  GOOGLE_CLOUD_PROJECT: z
    .string()
    .regex(/^[a-z][a-z0-9:.-]{2,60}$/, { error: 'must be the id of a project' })
    .optional(),
  /** Model files under these licences are passed on, although they bind whoever has them or are no public ones. */
  DIORAMA_SHARE_LICENCES: licences.optional(),
  DIORAMA_MAX_BYTES: whole(1, 1024 * MEBI).default(32 * MEBI),
  DIORAMA_MAX_PIXELS: whole(1, 1024 * MEBI).default(64 * MEBI),
  DIORAMA_REQUEST_TIMEOUT_MS: whole(100, 3_600_000).default(60_000),
  DIORAMA_LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('warn'),
});

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
  readonly maxQueued?: number;
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
  /** Bytes of photos that are held at once, uploading, waiting or in work. */
  readonly maxHeldBytes: number;
  /** Pixels of photos that wait or are in work at once. */
  readonly maxHeldPixels: number;
  /** File of API keys; without one the server is open. */
  readonly keysFile?: string;
  /** File in which the photos of each key are counted; beside the keys by default. */
  readonly usageFile?: string;
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
  const given = Object.entries(env).filter(([key, value]) => key in settingsSchema.shape && value);
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const faults = new Map(parsed.error.issues.map(({ path, message }) => [path[0], message]));
    const lines = [...faults].map(([setting, message]) => `${String(setting)} ${message}`);
    throw new DioramaError('CONFIG_INVALID', `${lines.join('; ')}.`);
  }
  const settings = parsed.data;
  const optional = {
    model: settings.DIORAMA_MODEL,
    provider: settings.DIORAMA_PROVIDER,
    require: settings.DIORAMA_REQUIRE,
    threads: settings.DIORAMA_THREADS,
    sessions: settings.DIORAMA_SESSIONS,
    photoWorkers: settings.DIORAMA_PHOTO_WORKERS,
    maxQueued: settings.DIORAMA_MAX_QUEUED,
    sharedLicences: settings.DIORAMA_SHARE_LICENCES,
    extraModels: settings.DIORAMA_EXTRA_MODELS,
    keysFile: settings.DIORAMA_KEYS,
    usageFile: settings.DIORAMA_USAGE,
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
    isolation: settings.DIORAMA_ISOLATION,
    batching: settings.DIORAMA_BATCHING,
    maxHeldBytes:
      settings.DIORAMA_MAX_HELD_BYTES ?? LARGEST_PHOTOS_HELD * settings.DIORAMA_MAX_BYTES,
    maxHeldPixels:
      settings.DIORAMA_MAX_HELD_PIXELS ?? LARGEST_PHOTOS_HELD * settings.DIORAMA_MAX_PIXELS,
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

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without the keys that hold `undefined`, which exact optional properties do not allow. */
function dropAbsent<T extends object>(values: T): Present<T> {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  // Entries lose the key names; the filter above is what the type says.
  return Object.fromEntries(present) as Present<T>;
}
