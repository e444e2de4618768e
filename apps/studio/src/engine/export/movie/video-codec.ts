import type { Size } from '@diorama/core';
import { getFirstEncodableVideoCodec, Quality, type VideoCodec } from 'mediabunny';
import { bitsPerSecond } from './movie-bits.ts';
import type { MovieOrder, VideoFormat } from './movie-order.ts';

/** In the order of how many programs open them. */
const CODECS: Readonly<Record<VideoFormat, VideoCodec[]>> = {
  mp4: ['avc', 'hevc', 'av1', 'vp9'],
  webm: ['vp9', 'av1', 'vp8'],
};

const NAMES: Readonly<Partial<Record<VideoCodec, string>>> = {
  avc: 'H.264',
  hevc: 'H.265',
  av1: 'AV1',
  vp9: 'VP9',
  vp8: 'VP8',
};

/** What a codec is called by people. */
export function codecName(codec: VideoCodec): string {
  return NAMES[codec] ?? codec;
}

/** How a video of an order is to be encoded. */
export function qualityOf({
  size,
  framesPerSecond,
  quality,
}: Pick<MovieOrder, 'size' | 'framesPerSecond' | 'quality'>): Quality {
  return new Quality({ bitrate: bitsPerSecond(size, framesPerSecond, quality) });
}

/** The codec that this browser encodes such a video with; nothing where it has none for the format. */
export async function findVideoCodec(
  format: VideoFormat,
  order: { readonly size: Size } & Pick<MovieOrder, 'framesPerSecond' | 'quality'>,
): Promise<VideoCodec | undefined> {
  if (typeof VideoEncoder === 'undefined') return undefined;
  const { width, height } = order.size;
  const options = { width, height, quality: qualityOf(order), frameRate: order.framesPerSecond };
  return (await getFirstEncodableVideoCodec(CODECS[format], options)) ?? undefined;
}
