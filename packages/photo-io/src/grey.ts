import { type ByteRaster, DioramaError, type WordRaster } from '@diorama/core';
import { throwIfCancelled } from './cancellation.ts';
import { readHeader } from './header.ts';
import { type PhotoLimits, resolveLimits } from './limits.ts';
import { openFile } from './native.ts';
import { photoFault } from './native-fault.ts';

/**
 * The samples of a grey picture as they lie in its file, for pictures that hold quantities and no light: without its
 * profile, and not turned. A picture in colours whose channels are all the same, as many programs write grey, will do.
 * @throws DioramaError `PHOTO_*`; `PHOTO_TYPE_UNSUPPORTED` for colours and for transparency; `CANCELLED`,
 * `DEADLINE_EXCEEDED`
 */
export async function decodeGrey(
  bytes: Uint8Array,
  limits?: Partial<PhotoLimits>,
  signal?: AbortSignal,
): Promise<ByteRaster | WordRaster> {
  const resolved = resolveLimits(limits);
  const { type, isDeep, isGrey, hasAlpha } = await readHeader(bytes, resolved, signal);
  if (hasAlpha) throw notGrey('It has transparency');
  const space = isDeep ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb';
  try {
    const { data, info } = await openFile(bytes, {
      limitInputPixels: resolved.pixels,
      ignoreIcc: true,
    })
      .toColourspace(space)
      .raw({ depth: isDeep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    throwIfCancelled(signal);
    const { width, height, channels } = info;
    const samples = isDeep
      ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
      : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const one = firstChannel(samples, channels);
    return one instanceof Uint16Array
      ? { width, height, channels: 1, data: one }
      : { width, height, channels: 1, data: one };
  } catch (error) {
    throw photoFault(error, type, bytes);
  }
}

function firstChannel<D extends Uint8Array | Uint16Array>(samples: D, channels: number): D {
  if (channels === 1) return samples;
  const length = samples.length / channels;
  // Packed together in place: what is read lies always behind what is written.
  for (let i = 0, at = 0; i < length; i++) {
    const value = samples[at] ?? 0;
    for (let c = 0; c < channels; c++, at++) {
      if (samples[at] !== value) throw notGrey('It has colours');
    }
    samples[i] = value;
  }
  return samples.subarray(0, length) as D; // of its own kind
}

function notGrey(why: string): DioramaError {
  return new DioramaError('PHOTO_TYPE_UNSUPPORTED', `${why}; a grey picture is needed.`);
}
