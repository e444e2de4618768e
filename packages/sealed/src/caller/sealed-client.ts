import {
  type PredictParameters,
  problemDocumentSchema,
  SEALED_TYPE,
  type SealPublicKey,
  sealKeysAnswerSchema,
  writePictureType,
} from '@diorama/contract';
import {
  beginCall,
  type CallOptions,
  type ClientOptions,
  createSender,
  errorOfProblem,
  type PredictionContent,
  parseDocument,
  readBytes,
  readDocument,
  readPredictionArchive,
} from '@diorama/contract/client';
import { MAX_SEALED_BYTES } from '../message-size.ts';
import type { SealedContent } from '../sealed-content.ts';
import { createSealer, type SendSealed } from './sealer.ts';

const DEFAULT_DEADLINE_MS = 120_000;
const MAX_KEYS_BYTES = 65_536;

export interface SealedClientOptions extends Omit<ClientOptions, 'maxAnswerBytes'> {
  /** Public keys that are known beforehand, and no others are taken; the server is asked for its keys by default. */
  readonly keys?: readonly SealPublicKey[] | undefined;
}

/** A picture as a file, or as the array that `npyOfRaster` writes. */
export interface SealedPicture {
  /** Such as `image/png`, or `application/x-npy`. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is asked of a picture that has to be of the model's size if `fitted` says so. */
export type SealedPredictOptions = Omit<PredictParameters, 'deadlineMs' | 'planes'>;

/** A Diorama server to which pictures go sealed, so that only its predictor can read them. */
export interface SealedClient {
  /** @throws DioramaError the code of the predictor's problem; `SEAL_INVALID` for an answer that is not the predictor's */
  predict(
    picture: SealedPicture,
    options?: SealedPredictOptions,
    call?: CallOptions,
  ): Promise<PredictionContent>;
}

/**
 * A client that sends nothing in the open, for Node and for pages of https and localhost.
 * @throws DioramaError `REQUEST_INVALID` for an address that is none
 */
export function createSealedClient(options: SealedClientOptions): SealedClient {
  const { deadlineMs: defaultMs = DEFAULT_DEADLINE_MS, keys } = options;
  const send = createSender(options);

  async function askForKeys(signal: AbortSignal): Promise<readonly SealPublicKey[]> {
    const call = beginCall({ signal }, defaultMs);
    const answer = await send(
      { method: 'GET', path: '/v1/seal-keys' },
      { call, read: (response) => readDocument(response, sealKeysAnswerSchema, MAX_KEYS_BYTES) },
    );
    return answer.keys;
  }

  const sealer = createSealer({ keys: keys ?? askForKeys });
  return {
    predict: async ({ type, bytes }, parameters = {}, own = {}) => {
      const call = beginCall(own, defaultMs);
      const post: SendSealed = (message) =>
        send(
          {
            method: 'POST',
            path: '/v1/predict',
            headers: { 'content-type': SEALED_TYPE, accept: SEALED_TYPE },
            body: message,
          },
          { call, read: (response) => readBytes(response, MAX_SEALED_BYTES) },
        );
      const leftMs = Math.floor(call.remainingMs());
      const contentType = writePictureType({
        type,
        parameters: {
          ...parameters,
          ...(Number.isFinite(leftMs) ? { deadlineMs: Math.max(1, leftMs) } : {}),
          planes: 'npy',
        },
      });
      return readPredictionArchive(
        archiveOf(await sealer.exchange({ contentType, bytes }, post, call.signal)),
      );
    },
  };
}

/** The archive that an answer holds. @throws DioramaError the problem that it holds in its place */
function archiveOf({ contentType, bytes }: SealedContent): Uint8Array<ArrayBuffer> {
  if (contentType.split(';', 1)[0] !== 'application/problem+json') return bytes;
  const problem = parseDocument(new TextDecoder().decode(bytes), problemDocumentSchema);
  throw errorOfProblem(problem, { status: problem.status });
}
