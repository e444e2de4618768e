import { DioramaError } from '@diorama/core';
import type { MovieOrder, MovieQuality } from './movie-order.ts';
import { ticksOf } from './movie-times.ts';
import type { MovieWriter } from './movie-writer.ts';
import { animationFrame, animationHead, webpPicture } from './webp-animation.ts';

const QUALITIES: Readonly<Record<MovieQuality, number>> = { small: 0.6, good: 0.8, best: 0.93 };

/**
 * Writes an animated WebP of stills that the browser encodes, which repeats for ever.
 * @throws DioramaError from `add`: `PROVIDER_UNAVAILABLE` where the browser writes no WebP
 */
export function openWebpWriter({ size, framesPerSecond, quality }: MovieOrder): MovieWriter {
  // A blob may leave memory for the disk; the browser sees to that.
  const frames: Blob[] = [];
  let bytes = 0;
  return {
    studies: [],
    study: () => undefined,
    add: async (canvas, index) => {
      const still = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITIES[quality] });
      const picture =
        still.type === 'image/webp' ? webpPicture(new Uint8Array(await still.arrayBuffer())) : [];
      if (picture.length === 0) {
        throw new DioramaError('PROVIDER_UNAVAILABLE', 'This browser writes no WebP. GIF works.');
      }
      const frame = animationFrame(picture, size, ticksOf(index, framesPerSecond, 1000));
      bytes += frame.length;
      frames.push(new Blob([frame as Uint8Array<ArrayBuffer>])); // made here, in memory of its own
    },
    finish: async () => {
      const head = animationHead(size, bytes) as Uint8Array<ArrayBuffer>; // as above
      return new Blob([head, ...frames], { type: 'image/webp' });
    },
  };
}
