import type { ModelCard, ModelTask, SealPublicKey } from '@diorama/contract';
import type { ByteRaster, FloatRaster, Size } from '@diorama/core';
import type { BatchCounts } from './batcher.ts';
import type { PoolStats } from './worker-pool.ts';

/** Which model answered, and where it ran. */
export interface ModelIdentity {
  readonly id: string;
  readonly version: string;
  readonly sha256: string;
  /** SPDX identifier of the weights. */
  readonly licence: string;
  /** The provider that ran it, such as `cpu`. */
  readonly provider: string;
}

export interface PredictRequest {
  /** Model-sized picture: 3 channels, sRGB. */
  readonly image: ByteRaster;
  /** What to answer. Outputs that no task needs are not fetched; the network computes them all the same. */
  readonly wanted: readonly ModelTask[];
  /** The photo that the picture was made of, where it is known: models squeeze pictures. */
  readonly photo?: Size | undefined;
  readonly terms?: PredictTerms | undefined;
}

/** What only a predictor that is elsewhere wants to know. */
export interface PredictTerms {
  /** When the answer is of no more use: milliseconds since 1970. */
  readonly deadlineAtMs?: number | undefined;
  /** Whether another model, of this machine, may answer while the one that was asked for is starting. */
  readonly mayStandIn?: boolean | undefined;
  /** Names the photo where its prediction was made before. */
  readonly key?: string | undefined;
}

/**
 * What the network gives, at the model's own size; planes from elsewhere may be coarser. All of them lie on one picture,
 * edge on edge.
 */
export interface Prediction {
  /** 1 channel, larger is nearer: affine-invariant inverse depth, or 1/metres when `depthKind` is `metric`. */
  readonly depth?: FloatRaster;
  readonly depthKind?: 'inverse-affine' | 'metric';
  /** 1 channel, 0..1: how much of a pixel is subject. */
  readonly matte?: FloatRaster;
  /** 0..1: how sure the model is that there is a subject at all. Absent when the model does not say. */
  readonly subjectProbability?: number;
  readonly model: ModelIdentity;
  /** Of the model that answered, where it stood in for the one that was asked. */
  readonly standIn?: ModelCard;
  readonly timingsMs: { readonly queue: number; readonly predict: number };
  /** Pictures that the network ran together, this one included; absent where it ran alone. */
  readonly batchSize?: number;
}

/** Whether pictures are run together: why not, or how. `size` is how many are when there are enough. */
export type BatchingStats =
  | { readonly isOn: false; readonly why: string }
  | ({ readonly isOn: true } & BatchCounts);

/** How busy a predictor's sessions are, with the pictures that wait for one. */
export interface PredictorStats extends PoolStats {
  readonly batching: BatchingStats;
}

/** How one of the places where pictures are sent fares. */
export interface PlaceStats {
  /** Without credentials, paths or queries. */
  readonly name: string;
  readonly kind: 'local' | 'vertex' | 'cloud-run' | 'machine';
  /** `starting`: it said that it is not there yet. `out`: it failed, and gets no pictures for a while. */
  readonly state: 'up' | 'starting' | 'out';
  readonly inFlight: number;
  /** Pictures that were sent to it, those of them that failed, and those that were sent because another place was slow. */
  readonly asked: number;
  readonly failed: number;
  readonly hedged: number;
  /** 95 of 100 answers came within it, lately; absent before there are enough of them. */
  readonly p95Ms?: number;
}

/** Hands sealed pictures on to where they are opened, and brings the sealed answers; nothing on the way can read either. */
export interface SealedPassage {
  /** @throws DioramaError as `predict` of a predictor, and `SEAL_*` */
  predict(
    message: Uint8Array,
    terms: Pick<PredictTerms, 'deadlineAtMs'>,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** The keys that pictures can be sealed to, the preferred one first. @throws DioramaError as `predict` */
  keys(signal?: AbortSignal): Promise<readonly SealPublicKey[]>;
}

/** Anything that turns a model-sized picture into a prediction. */
export interface Predictor {
  readonly card: ModelCard;
  /** What runs the network, such as `cpu`. */
  readonly provider: string;
  /**
   * @throws DioramaError `CANCELLED`, `DEADLINE_EXCEEDED`, `QUEUE_FULL`, `WORKER_CRASHED`, `MODEL_OUTPUT_INVALID`,
   * and elsewhere `PREDICTOR_STARTING`, `PREDICTOR_UNAVAILABLE`
   */
  predict(request: PredictRequest, signal?: AbortSignal): Promise<Prediction>;
  /** Where sealed pictures go; absent where nothing that is asked opens any. */
  readonly sealed?: SealedPassage | undefined;
  /** How busy its sessions are now; absent where they are not in this process. */
  readonly stats?: () => PredictorStats;
  /** How the places fare where it sends pictures; absent where it sends none. */
  readonly places?: () => readonly PlaceStats[];
  /**
   * Says that a picture will be asked for soon, so that a free session may wait for it; call what it returns once it
   * is asked for, or will not be. Absent where nothing waits for that.
   */
  readonly announce?: () => () => void;
  /** Ends every worker of the predictor. What still waits is refused with `CANCELLED`. */
  dispose(): Promise<void>;
}
