import { encodeWirePicture, roomInJsonBody, writeJsonBody } from '@diorama/cloud';
import { type PredictParameters, SHARED_ENDPOINT_BYTES } from '@diorama/contract';
import { type ByteRaster, type FloatRaster, roundInverseDepth, roundMatte } from '@diorama/core';
import { openPhoto } from '@diorama/photo-io';
import { fitModelPicture, type Prediction, type Predictor } from '@diorama/runtime';

/** A picture as it is sent to a shared endpoint. */
export interface Sent {
  /** Of the whole request. */
  readonly jsonBytes: number;
  /** As the predictor decodes it. */
  readonly seen: ByteRaster;
  readonly isFitted: boolean;
  /** Of the JPEG, 1..100; absent where nothing was lost. */
  readonly quality?: number;
}

/** The longest that are ever sent. */
const PARAMETERS: PredictParameters = {
  tasks: ['depth', 'matte'],
  deadlineMs: 3_600_000,
  maxBytes: SHARED_ENDPOINT_BYTES,
  fitted: false,
};

/** Sends a picture as JSON to a shared endpoint, up to the socket, and decodes it as its predictor does. */
export async function sendToShared(image: ByteRaster): Promise<Sent> {
  const maxBytes = roomInJsonBody('image', PARAMETERS, SHARED_ENDPOINT_BYTES);
  const picture = await encodeWirePicture(image, { maxBytes, maxArrayBytes: 0 });
  const { bytes, isFitted, quality } = picture;
  const body = writeJsonBody('image', bytes, { ...PARAMETERS, fitted: isFitted });
  const { colour } = await (await openPhoto(bytes)).decode();
  return {
    jsonBytes: Buffer.byteLength(body),
    seen: colour,
    isFitted,
    ...(quality === undefined ? {} : { quality }),
  };
}

/** A predictor behind a shared endpoint, with its network in this process: pictures and planes lose what they lose on the way. */
export function behindSharedEndpoint(inner: Predictor, onSent: (sent: Sent) => void): Predictor {
  return {
    card: inner.card,
    provider: inner.provider,
    predict: async (request, signal) => {
      const sent = await sendToShared(request.image);
      onSent(sent);
      const { seen, isFitted } = sent;
      const image = isFitted ? seen : fitModelPicture(inner.card, seen);
      return asItTravels(await inner.predict({ ...request, image }, signal));
    },
    dispose: () => inner.dispose(),
  };
}

/** Depth in 16 bits and the matte in 8. */
function asItTravels({ depth, matte, ...rest }: Prediction): Prediction {
  return {
    ...rest,
    ...(depth ? { depth: depthOf(depth) } : {}),
    ...(matte ? { matte: samplesOf(matte, roundMatte(matte).data, 255, 1, 0) } : {}),
  };
}

function depthOf(depth: FloatRaster): FloatRaster {
  const { words, scale, shift } = roundInverseDepth(depth);
  return samplesOf(depth, words.data, 65_535, scale, shift);
}

function samplesOf(
  plane: FloatRaster,
  whole: Uint8Array | Uint16Array,
  most: number,
  scale: number,
  shift: number,
): FloatRaster {
  return { ...plane, data: Float32Array.from(whole, (sample) => (scale * sample) / most + shift) };
}
