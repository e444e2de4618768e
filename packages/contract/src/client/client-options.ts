import type { z } from 'zod';
import type { LayerName } from '../layer-terms.ts';
import type {
  jobQuerySchema,
  layerQuerySchema,
  layersQuerySchema,
  predictQuerySchema,
  subjectQuerySchema,
} from '../layers-request.ts';
import type { Progress } from '../progress.ts';

/** The bytes of a photo's file, which may be sent more than once. They must not change until the answer is there. */
export type PhotoSource = Blob | ArrayBuffer | Uint8Array;

/** How long one call may take, and who may end it before. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** From the call to its answer, waiting and repeats included; the server is told what is left of it. */
  readonly deadlineMs?: number | undefined;
}

export interface ClientOptions {
  /** Where the server is, such as `https://photos.example`; in a page also relative to it. */
  readonly baseUrl: string | URL;
  readonly apiKey?: string | undefined;
  /** What sends requests; the platform's own `fetch` by default. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For calls that do not say one themselves; two minutes by default. */
  readonly deadlineMs?: number | undefined;
  /** How often a request is sent at most, at least 1; 3 by default. */
  readonly maxAttempts?: number | undefined;
  /** The largest answer that is read; 1 GiB by default. */
  readonly maxAnswerBytes?: number | undefined;
}

/** Options as a query schema takes them; numbers need not be written as text. The deadline belongs to the call. */
type OptionsOf<S extends z.ZodType> = {
  readonly [K in Exclude<keyof z.input<S>, 'deadlineMs'>]?: Value<z.input<S>[K]> | undefined;
};
type Value<T> = string extends Exclude<T, undefined> ? string | number : Exclude<T, undefined>;

export type LayerOptions = OptionsOf<typeof layerQuerySchema>;
export type PredictOptions = OptionsOf<typeof predictQuerySchema>;

interface Behind {
  /** A colour, or a picture that is laid behind the subject. */
  readonly background?: string | PhotoSource | undefined;
}
interface Which {
  /** All four by default. */
  readonly layers?: readonly LayerName[] | undefined;
}

export type SubjectOptions = Omit<OptionsOf<typeof subjectQuerySchema>, 'background'> & Behind;
export type LayersOptions = Omit<OptionsOf<typeof layersQuerySchema>, 'background' | 'layers'> &
  Behind &
  Which;
export type JobOptions = Omit<OptionsOf<typeof jobQuerySchema>, 'background' | 'layers'> &
  Behind &
  Which;

export interface RunOptions extends CallOptions {
  /** Told of every step that is told of the job. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
