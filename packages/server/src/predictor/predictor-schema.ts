import { z } from 'zod';
import {
  licences,
  listenHost,
  modelId,
  oneOf,
  path,
  projectId,
  routePath,
  sha256,
  weightsPlace,
  whole,
} from '../config-fields.ts';
import { BOUND_SETTINGS, ENGINE_SETTINGS, LOG_LEVELS, MEBI, TEBI } from '../config-schema.ts';

const HOUR_MS = 3_600_000;

const listening = {
  AIP_HTTP_PORT: whole(0, 65_535)
    .optional()
    .meta({ description: 'Port, as Vertex AI sets it.', byDefault: '`PORT`' }),
  PORT: whole(0, 65_535)
    .default(8080)
    .meta({ description: 'Port, as Cloud Run sets it; 0 takes any free one.' }),
  AIP_HEALTH_ROUTE: routePath
    .default('/health')
    .meta({ description: 'Where health is asked for, as Vertex AI sets it.' }),
  AIP_PREDICT_ROUTE: routePath
    .default('/predict')
    .meta({ description: 'Where predictions are asked for, as Vertex AI sets it.' }),
  DIORAMA_HOST: listenHost.default('0.0.0.0').meta({
    description: 'Address to listen on. Who may come is for the platform to say.',
  }),
};

const { DIORAMA_MODELS, DIORAMA_PROVIDER, DIORAMA_REQUIRE, DIORAMA_THREADS, DIORAMA_SESSIONS } =
  ENGINE_SETTINGS;

const weights = {
  DIORAMA_MODEL: modelId.optional().meta({
    description: 'The model that answers.',
    byDefault: 'the one at `AIP_STORAGE_URI`, else the embedded one',
  }),
  DIORAMA_MODELS,
  AIP_STORAGE_URI: weightsPlace.optional().meta({
    description:
      'Folder of a model, `card.json` and its file, or of several, as Vertex AI sets it from `artifactUri`.',
    byDefault: 'weights come with the image, or lie in `DIORAMA_MODELS`',
  }),
  DIORAMA_MODEL_SHA256: sha256.optional().meta({
    description: 'What the weights must hash to; others are refused, whatever their card says.',
    byDefault: 'what their card says',
  }),
  DIORAMA_ACCEPT_LICENCES: licences.optional().meta({
    description:
      'Licences (SPDX) that you accept for weights that bind whoever uses them and were not accepted when they were fetched.',
    byDefault: 'none',
  }),
  DIORAMA_WEIGHTS_TIMEOUT_MS: whole(1000, 2 * HOUR_MS)
    .default(HOUR_MS / 3)
    .meta({ description: 'Milliseconds that fetching weights may take.' }),
};

const engine = {
  DIORAMA_PROVIDER,
  DIORAMA_REQUIRE,
  DIORAMA_THREADS,
  DIORAMA_SESSIONS,
  DIORAMA_PHOTO_WORKERS: whole(1, 256).optional().meta({
    description: 'Pictures that are decoded and encoded at once.',
    byDefault: 'one for each core; three on a GPU, which answers several together',
  }),
  DIORAMA_ISOLATION: ENGINE_SETTINGS.DIORAMA_ISOLATION,
  DIORAMA_BATCHING: ENGINE_SETTINGS.DIORAMA_BATCHING,
};

const bounds = {
  DIORAMA_MAX_BODY_BYTES: whole(1000, 1024 * MEBI)
    .default(64 * MEBI)
    .meta({ description: 'Bytes of the largest request, as JSON or as a picture.' }),
  DIORAMA_MAX_PIXELS: BOUND_SETTINGS.DIORAMA_MAX_PIXELS,
  DIORAMA_MAX_QUEUED: whole(0, 10_000).default(256).meta({
    description: 'Pictures that may upload or wait besides those in work.',
  }),
  DIORAMA_MAX_HELD_BYTES: whole(1, TEBI).optional().meta({
    description: 'Bytes of requests and answers that are held at once.',
    byDefault: '8 times `DIORAMA_MAX_BODY_BYTES`',
  }),
  DIORAMA_MAX_HELD_PIXELS: whole(1, TEBI).optional().meta({
    description: 'Pixels of pictures that wait or are in work at once.',
    byDefault: '64 times `DIORAMA_MAX_PIXELS`',
  }),
  DIORAMA_REQUEST_TIMEOUT_MS: BOUND_SETTINGS.DIORAMA_REQUEST_TIMEOUT_MS,
  DIORAMA_SEND_TIMEOUT_MS: BOUND_SETTINGS.DIORAMA_SEND_TIMEOUT_MS,
  DIORAMA_DRAIN_MS: BOUND_SETTINGS.DIORAMA_DRAIN_MS,
};

const sealing = {
  DIORAMA_SEAL_KEYS: path.optional().meta({
    description:
      'File of seal keys, as `diorama seal` writes it. It is read again when it changes.',
    byDefault: 'nothing sealed can be read',
  }),
  DIORAMA_SEAL: oneOf(['optional', 'required'])
    .default('optional')
    .meta({ description: 'Whether pictures that are not sealed are refused.' }),
};

const operations = {
  DIORAMA_LOG_LEVEL: oneOf(LOG_LEVELS)
    .default('warn')
    .meta({ description: 'How much is logged; `info` is one line for each request.' }),
  DIORAMA_METRICS: oneOf(['on', 'off'])
    .default('off')
    .meta({ description: 'Whether `GET /metrics` is there.' }),
  GOOGLE_CLOUD_PROJECT: projectId
    .optional()
    .meta({ description: 'Names traces in logs as Google Cloud wants them.' }),
};

/** Every setting of the predictor, in the groups and the order of docs/configuration.md. */
export const PREDICTOR_SETTING_GROUPS = [
  { title: 'Where it listens', settings: listening },
  { title: 'Weights', settings: weights },
  { title: 'Workers', settings: engine },
  { title: 'Bounds', settings: bounds },
  { title: 'Sealed pictures', settings: sealing },
  { title: 'Operations', settings: operations },
] as const;

/** The environment of a predictor, as far as it reads it; an empty value must be left out before. */
export const predictorSettingsSchema = z.object({
  ...listening,
  ...weights,
  ...engine,
  ...bounds,
  ...sealing,
  ...operations,
});
export type PredictorSettings = z.infer<typeof predictorSettingsSchema>;
