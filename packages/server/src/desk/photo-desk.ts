import type { Progress } from '@diorama/contract';
import type {
  LayersAnswer,
  LayersOptions,
  PredictionAnswer,
  PredictionSource,
  PredictOptions,
} from '@diorama/engine';
import type { Caller } from '../caller.ts';
import type { Notes } from '../plugins/exchange.ts';
import type { DeskBound } from './queue-full.ts';

/** What a caller wants to bring in, before a byte of it is read. */
export interface Arrival {
  readonly caller: Caller;
  /** What the request announces; unknown counts as the largest. */
  readonly bytes: number | undefined;
  /** On the clock of `performance.now()`. */
  readonly deadlineAtMs: number;
  /** Whether it belongs to a request that was let in before, and so comes in while the server shuts down, too. */
  readonly isAccepted?: boolean;
}

/** A photo that arrived, and what is wanted of it. */
export interface PhotoWork {
  /** Must not change until the answer is there. */
  readonly bytes: Uint8Array;
  readonly options: LayersOptions;
  readonly signal: AbortSignal;
  readonly notes: Notes;
  /** Told of each step as it begins, and while the photo waits of its place, whenever that changes. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A photo, or a picture of a model's size, of which one network's answer is wanted. */
export interface PredictionWork {
  readonly source: PredictionSource;
  readonly options: PredictOptions;
  readonly signal: AbortSignal;
  readonly notes: Notes;
}

/** One place at the desk, from admission until it is given back. */
export interface PhotoTicket {
  /**
   * Waits for the photo's turn and makes its layers.
   * @throws DioramaError `PHOTO_*`, `QUEUE_FULL`, `NOT_READY`, `CANCELLED`, `DEADLINE_EXCEEDED`, and what the engine throws
   */
  readonly layers: (work: PhotoWork) => Promise<LayersAnswer>;
  /** Waits for its turn, as a photo does, and asks one network. @throws DioramaError as `layers` */
  readonly predict: (work: PredictionWork) => Promise<PredictionAnswer>;
  /** Does what needs nothing of the engine and waits for nobody, such as handing a sealed picture on. @throws what it throws */
  readonly pass: <T>(work: () => Promise<T>) => Promise<T>;
  /** Gives the place back; safe to call again. */
  readonly release: () => void;
}

/** How full the desk is. */
export interface DeskStats {
  readonly waiting: number;
  readonly working: number;
  /** Of photos that upload, wait or are in work, and of answers that are not sent yet. */
  readonly heldBytes: number;
  /** Of photos that wait or are in work. */
  readonly heldPixels: number;
  /** How long until all that is here is done. */
  readonly estimatedWaitMs: number;
  /** Photos that were not let in, by the bound that was reached. */
  readonly refusals: Readonly<Record<DeskBound, number>>;
}

/** Where every photo of the service is admitted, waits for its turn and is handed to the engine. */
export interface PhotoDesk {
  /**
   * Lets a photo in, or says at once why not.
   * @throws DioramaError `QUEUE_FULL`, `NOT_READY`, `PHOTO_TOO_MANY_BYTES`
   */
  readonly admit: (arrival: Arrival) => PhotoTicket;
  readonly stats: () => DeskStats;
  /** Settles when every place is given back. */
  readonly untilEmpty: () => Promise<void>;
}
