import { PROVIDER_NAMES } from '@diorama/runtime';
import { z } from 'zod';
import {
  destinations,
  hostNames,
  licences,
  listenHost,
  models,
  oneOf,
  origins,
  path,
  predictors,
  price,
  projectId,
  webAddress,
  webhookSecret,
  whole,
} from './config-fields.ts';

/** How much is logged, the least first. */
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const MEBI = 2 ** 20;
export const TEBI = 2 ** 40;
const HOUR_MS = 3_600_000;

/*
 * `description` says in one line what a setting is for, `byDefault` what stands in for it where the schema has no
 * default. docs/configuration.md is made of them by `npm run docs:config`.
 */

const listening = {
  PORT: whole(0, 65_535).default(8080).meta({ description: 'Port; 0 takes any free one.' }),
  DIORAMA_HOST: listenHost.default('127.0.0.1').meta({
    description:
      'Address to listen on. `0.0.0.0` opens the server to the network, which wants keys (`DIORAMA_KEYS`) or the word that none are needed (`DIORAMA_OPEN`).',
  }),
  DIORAMA_ALLOWED_HOSTS: hostNames.optional().meta({
    description:
      'Names of this server besides those of its own machine. A request that names another host is refused.',
    byDefault: 'those of its own machine while it has no keys and listens there alone, else any',
  }),
  DIORAMA_CORS_ORIGINS: origins.optional().meta({
    description: 'Origins whose pages may call the server, such as `https://app.example`.',
    byDefault: 'its own alone',
  }),
};

const keys = {
  DIORAMA_KEYS: path.optional().meta({
    description: 'File of API keys, as `diorama keys` writes it. It is read again when it changes.',
    byDefault: 'no keys are asked for',
  }),
  DIORAMA_USAGE: path.optional().meta({
    description:
      'File in which the photos of each key are counted for the month; of one server alone.',
    byDefault: 'beside the keys, `.usage.json` added to their name',
  }),
  DIORAMA_SEAL_KEYS: path.optional().meta({
    description:
      'File of keys, as `diorama seal` writes it, for sealed pictures to be opened here. It is read again when it changes.',
    byDefault: 'sealed pictures are handed on, unopened, to predictors elsewhere',
  }),
  DIORAMA_OPEN: oneOf(['yes'])
    .optional()
    .meta({ description: 'Lets a server without keys listen beyond its own machine.' }),
};

/** What a model runs on; the predictor has most of it, too. */
export const ENGINE_SETTINGS = {
  DIORAMA_MODEL: models.optional().meta({
    description: 'Models that answer photos, the preferred ones first.',
    byDefault: 'the embedded one',
  }),
  DIORAMA_EXTRA_MODELS: models
    .optional()
    .meta({ description: 'Models that are open besides, for requests that name them.' }),
  DIORAMA_MODELS: path.optional().meta({
    description: 'Folder of pulled and imported models.',
    byDefault: "the system's place for a person's data",
  }),
  DIORAMA_PROVIDER: oneOf(PROVIDER_NAMES).optional().meta({
    description: 'What runs the models.',
    byDefault: '`cpu`; with `DIORAMA_REQUIRE`, the GPU that there is',
  }),
  DIORAMA_REQUIRE: oneOf(['gpu'])
    .optional()
    .meta({ description: 'Refuses to start without a GPU.', byDefault: 'nothing is required' }),
  DIORAMA_THREADS: whole(1, 1024).optional().meta({
    description: 'Threads of one model session.',
    byDefault: 'what the sessions leave of the cores for each',
  }),
  DIORAMA_SESSIONS: whole(1, 256).optional().meta({
    description: 'Model sessions side by side.',
    byDefault: 'one for each core; one alone where a model is larger than 64 MiB, and on a GPU',
  }),
  DIORAMA_PHOTO_WORKERS: whole(1, 256).optional().meta({
    description: 'Photos that are decoded, refined and encoded at once.',
    byDefault: 'one for each core; two at least with `DIORAMA_PREDICTORS`',
  }),
  DIORAMA_ISOLATION: oneOf(['process', 'thread']).default('process').meta({
    description:
      'What photo workers and model sessions are. A process that a photo brings down takes no other along.',
  }),
  DIORAMA_BATCHING: oneOf(['auto', 'off']).default('auto').meta({
    description: 'Whether photos share a run of the model where that gains time, as on a GPU.',
  }),
  DIORAMA_SHARE_LICENCES: licences.optional().meta({
    description: 'Licences under which every model file is passed on.',
    byDefault: 'none',
  }),
};

/** What is taken in; the predictor has most of it, too. */
export const BOUND_SETTINGS = {
  DIORAMA_MAX_BYTES: whole(1, 1024 * MEBI)
    .default(32 * MEBI)
    .meta({ description: 'Bytes of the largest photo file.' }),
  DIORAMA_MAX_PIXELS: whole(1, 1024 * MEBI)
    .default(64 * MEBI)
    .meta({ description: 'Pixels of the largest photo, decoded.' }),
  DIORAMA_MAX_QUEUED: whole(0, 10_000).default(64).meta({
    description: 'Photos that may upload or wait besides those in work; one more gets 429.',
  }),
  DIORAMA_MAX_HELD_BYTES: whole(1, TEBI).optional().meta({
    description:
      'Bytes of photos that are held at once, uploading, waiting or in work, and of answers that are not sent yet.',
    byDefault: '8 times `DIORAMA_MAX_BYTES`',
  }),
  DIORAMA_MAX_HELD_PIXELS: whole(1, TEBI).optional().meta({
    description: 'Pixels of photos that wait or are in work at once.',
    byDefault: '8 times `DIORAMA_MAX_PIXELS`',
  }),
  DIORAMA_REQUEST_TIMEOUT_MS: whole(100, HOUR_MS)
    .default(60_000)
    .meta({ description: 'Milliseconds from the arrival of a request to its answer.' }),
  DIORAMA_SEND_TIMEOUT_MS: whole(100, HOUR_MS)
    .default(60_000)
    .meta({ description: 'Milliseconds that a caller may take to read its answer.' }),
  DIORAMA_DRAIN_MS: whole(0, HOUR_MS).default(8000).meta({
    description: 'Milliseconds that accepted work may go on once the server is told to end.',
  }),
};

const elsewhere = {
  DIORAMA_PREDICTORS: predictors.optional().meta({
    description:
      'Where the model runs: `local`, `vertex://LOCATION/PROJECT/ENDPOINT`, `https://NAME.run.app`, `http://10.0.0.5:8080`, with commas; docs/predictors.md has all forms. All of them run the same model.',
    byDefault: 'in this server alone',
  }),
  DIORAMA_STAND_IN: oneOf(['on', 'off']).default('off').meta({
    description:
      "Whether the embedded model answers in this server while those elsewhere start; a request's own `standIn` goes before it.",
  }),
  DIORAMA_SEAL_TO: path.optional().meta({
    description:
      'File of public keys that pictures are sealed to on their way to predictors, or `describe` for the keys that each of them says it has.',
    byDefault: 'pictures are not sealed',
  }),
};

const addresses = {
  DIORAMA_URL_HOSTS: destinations.optional().meta({
    description:
      'Hosts from which photos are fetched by their address. Private addresses are refused all the same.',
    byDefault: 'none: photos are not fetched',
  }),
  DIORAMA_URL_TIMEOUT_MS: whole(100, 600_000)
    .default(10_000)
    .meta({ description: 'Milliseconds that such a fetch may take, redirects included.' }),
};

const jobs = {
  DIORAMA_MAX_JOBS: whole(0, 100_000)
    .default(256)
    .meta({ description: 'Jobs that are known at once, finished ones included.' }),
  DIORAMA_MAX_JOB_BYTES: whole(1, TEBI)
    .default(512 * MEBI)
    .meta({ description: 'Bytes of photos and results that jobs hold at once.' }),
  DIORAMA_JOB_KEEP_SECONDS: whole(1, 86_400)
    .default(300)
    .meta({ description: 'Seconds that the result of a job is kept.' }),
  DIORAMA_WEBHOOK_HOSTS: destinations.optional().meta({
    description: 'Hosts to which the end of a job is told.',
    byDefault: 'none: nobody is told',
  }),
  DIORAMA_WEBHOOK_SECRET: webhookSecret
    .optional()
    .meta({ description: 'What webhooks are signed with, after the Standard Webhooks.' }),
};

const operations = {
  DIORAMA_LOG_LEVEL: oneOf(LOG_LEVELS)
    .default('warn')
    .meta({ description: 'How much is logged; `info` is one line for each request.' }),
  DIORAMA_METRICS: oneOf(['on', 'off'])
    .default('on')
    .meta({ description: 'Whether `GET /metrics` is there.' }),
  DIORAMA_PRICE_PER_HOUR: price
    .optional()
    .meta({ description: 'What the machine costs, for the receipt on each answer.' }),
  DIORAMA_GPU_PRICE_PER_HOUR: price
    .optional()
    .meta({ description: 'What its GPU costs, where that is paid for besides.' }),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress
    .optional()
    .meta({ description: 'Where traces are sent.', byDefault: 'nowhere' }),
  GOOGLE_CLOUD_PROJECT: projectId
    .optional()
    .meta({ description: 'Names traces in logs as Google Cloud wants them.' }),
};

/** Every setting, in the groups and the order of docs/configuration.md. */
export const SETTING_GROUPS = [
  { title: 'Where it listens', settings: listening },
  { title: 'Keys', settings: keys },
  { title: 'Models and workers', settings: ENGINE_SETTINGS },
  { title: 'Bounds', settings: BOUND_SETTINGS },
  { title: 'Predictors elsewhere', settings: elsewhere },
  { title: 'Photos by address', settings: addresses },
  { title: 'Jobs', settings: jobs },
  { title: 'Operations', settings: operations },
] as const;

/** The environment of a server, as far as it reads it; an empty value must be left out before. */
export const settingsSchema = z.object({
  ...listening,
  ...keys,
  ...ENGINE_SETTINGS,
  ...BOUND_SETTINGS,
  ...elsewhere,
  ...addresses,
  ...jobs,
  ...operations,
});
export type Settings = z.infer<typeof settingsSchema>;
