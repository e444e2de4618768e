import { DioramaError } from '@diorama/core';
import { defaultModelsFolder, PROVIDER_NAMES, type ProviderName } from '@diorama/runtime';
import { z } from 'zod';

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MEBI = 2 ** 20;

/** Environment values are text; an empty one counts as not set, as compose files write them. */
function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,12}$/, { error })
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

const settingsSchema = z.object({
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
  });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without the keys that hold `undefined`, which exact optional properties do not allow. */
function dropAbsent<T extends object>(values: T): Present<T> {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  // Entries lose the key names; the filter above is what the type says.
  return Object.fromEntries(present) as Present<T>;
}
