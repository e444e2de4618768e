import type { CatalogueSource, ModelCard } from '@diorama/contract';

export type SourceKind = CatalogueSource['kind'];

/** How far a pull is. Bytes; `total` is absent where nobody said it. */
export interface PullProgress {
  /** `wait`: another process pulls the same model. `unpack`: the file is taken out of its package. */
  readonly phase: 'wait' | 'download' | 'unpack' | 'check';
  readonly received: number;
  readonly total?: number | undefined;
}

/** How long a pull is patient, in milliseconds. */
export interface PullTimes {
  /** From a request to the answer's headers. */
  readonly headersMs: number;
  /** Without a byte. */
  readonly stallMs: number;
  /** Before the first new attempt; doubles with each that brings nothing. */
  readonly retryMs: number;
  /** The longest `Retry-After` that is waited for. */
  readonly longestRetryMs: number;
  /** For another process that pulls the same model. */
  readonly waitMs: number;
}

export const PULL_TIMES: PullTimes = {
  headersMs: 30_000,
  stallMs: 30_000,
  retryMs: 500,
  longestRetryMs: 60_000,
  waitMs: 30 * 60_000,
};

export interface PullOptions {
  /** Which of the card's sources; the first when nothing is said. */
  readonly from?: SourceKind | undefined;
  /** An https address under which the file lies as `<id>.onnx`. */
  readonly mirror?: string | undefined;
  /** The path of the file, when it is on this machine already. It is copied. */
  readonly file?: string | undefined;
  /** The licences, by their exact names, that the operator accepts. */
  readonly accept?: readonly string[] | undefined;
  /** What the operator knows of the file, where nobody published it. Lower-case hex. */
  readonly sha256?: string | undefined;
  /** The default is the person's own, see `defaultModelsFolder`. */
  readonly folder?: string | undefined;
  /** Address of the npm registry; the default is the one that npm is configured for. */
  readonly registry?: string | undefined;
  /** How the person named the model, for the commands in messages; the default is its id. */
  readonly named?: string | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Headers that let a request into the mirror. They go to the mirror's own host and nowhere else. */
  readonly authorize?: ((url: string) => Promise<Readonly<Record<string, string>>>) | undefined;
  readonly times?: Partial<PullTimes> | undefined;
}

/** Who vouches for the file: whoever published its hash, the operator, or nobody but the first look at it. */
export type Pinned = 'published' | 'operator' | 'first-seen';

export interface Pulled {
  readonly card: ModelCard;
  /** Whether the file was there already, and whole. */
  readonly wasThere: boolean;
  readonly pinned: Pinned;
}
