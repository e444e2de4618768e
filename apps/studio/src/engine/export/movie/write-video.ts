import { DioramaError } from '@diorama/core';
import { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } from 'mediabunny';
import type { MovieOrder, VideoFormat } from './movie-order.ts';
import type { MovieWriter } from './movie-writer.ts';
import { findVideoCodec, qualityOf } from './video-codec.ts';

/** A picture to jump to: this often, in seconds. */
const KEY_EVERY_SECONDS = 2;

/**
 * Writes MP4 or WebM through the browser's own encoder, the index at the front so that it plays while it loads.
 * @throws DioramaError `PROVIDER_UNAVAILABLE` where the browser has no encoder for the format
 */
export async function openVideoWriter(
  order: MovieOrder & { readonly format: VideoFormat },
  canvas: OffscreenCanvas,
): Promise<MovieWriter> {
  const { format, framesPerSecond } = order;
  const codec = await findVideoCodec(format, order);
  if (!codec) {
    throw new DioramaError(
      'PROVIDER_UNAVAILABLE',
      `This browser has no encoder for ${format === 'mp4' ? 'MP4' : 'WebM'} of this size. GIF and WebP work without one.`,
    );
  }
  const target = new BufferTarget();
  const output = new Output({
    format:
      format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target,
  });
  const source = new CanvasSource(canvas, {
    codec,
    quality: qualityOf(order),
    keyFrameInterval: KEY_EVERY_SECONDS,
    latencyMode: 'quality',
  });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  return {
    studies: [],
    study: () => undefined,
    add: (_canvas, index) => source.add(index / framesPerSecond, 1 / framesPerSecond),
    finish: async () => {
      await output.finalize();
      if (!target.buffer) throw new DioramaError('INTERNAL', 'The movie was not finished.');
      return new Blob([target.buffer], { type: `video/${format}` });
    },
  };
}
