import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { createDiorama, type DioramaOptions } from '@diorama/engine';
import type { Predictor } from '@diorama/runtime';
import { encodeWirePicture, type WirePicture } from '../wire/wire-picture.ts';
import { MAX_LINE_BYTES, roomInLine } from './request-line.ts';

/** How much a picture may lose: nothing, where a line holds it so, or so much that it is small. */
export type PictureQuality = 'full' | 'small';

/** What a small picture may have, where its quality is not too bad for it. */
const SMALL_BYTES = 60_000;

export interface RequestMakerOptions
  extends Pick<DioramaOptions, 'photoWorkers' | 'maxQueued' | 'limits'> {
  readonly card: ModelCard;
  readonly quality: PictureQuality;
}

/** Makes photos into what is predicted of them later, elsewhere. */
export interface RequestMaker {
  /**
   * The picture of a photo as its model wants it, without metadata.
   * @throws DioramaError `PHOTO_*`, `CANCELLED`, `DEADLINE_EXCEEDED`, `WORKER_CRASHED`
   */
  make(photo: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<WirePicture>;
  dispose(): Promise<void>;
}

/** Opens one: photos are decoded and fitted in photo workers, as for a prediction of this machine. */
export async function openRequestMaker({
  card,
  quality,
  ...options
}: RequestMakerOptions): Promise<RequestMaker> {
  const taken = new Map<string, WirePicture>();
  const predictor = pictureTaker(card, quality, taken);
  const diorama = await createDiorama({ ...options, predictor });
  let count = 0;
  return {
    async make(photo, signal) {
      const key = String(count++);
      try {
        await diorama.predict(photo, { planes: 'samples', terms: { key } }, signal);
        const picture = taken.get(key);
        if (picture) return picture;
        throw new DioramaError('INTERNAL', 'A photo came without its picture.');
      } finally {
        taken.delete(key);
      }
    },
    dispose: () => diorama.dispose(),
  };
}

/** A predictor that keeps the picture and answers nothing yet. */
function pictureTaker(
  card: ModelCard,
  quality: PictureQuality,
  taken: Map<string, WirePicture>,
): Predictor {
  const { id, version, sha256, licence } = card;
  const provider = 'none';
  return {
    card,
    provider,
    async predict({ image, terms }) {
      taken.set(terms?.key ?? '', await encodeFitted(image, quality));
      const model = { id, version, sha256, licence: licence.spdx, provider };
      return { model, timingsMs: { queue: 0, predict: 0 } };
    },
    dispose: async () => undefined,
  };
}

/** A job says of all its pictures that they are fitted: one that had to be made smaller would be refused there. */
async function encodeFitted(
  image: Parameters<typeof encodeWirePicture>[0],
  quality: PictureQuality,
): Promise<WirePicture> {
  const most = roomInLine(MAX_LINE_BYTES);
  for (let maxBytes = quality === 'small' ? SMALL_BYTES : most; ; maxBytes *= 2) {
    const picture = await encodeWirePicture(image, {
      maxBytes: Math.min(maxBytes, most),
      maxArrayBytes: 0,
    });
    if (picture.isFitted) return picture;
    if (maxBytes >= most) {
      throw new DioramaError(
        'PHOTO_SIDE_TOO_LONG',
        `The model wants a picture of ${image.width}x${image.height} of it, which no line holds; diorama layers makes its layers here.`,
      );
    }
  }
}
