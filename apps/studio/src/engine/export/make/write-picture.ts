import type { ByteRaster, WordRaster } from '@diorama/core';
import type { PictureFormat } from '../export-order.ts';
import { encodeByCanvas } from './encode-canvas.ts';
import { encodePng } from './encode-png.ts';
import type { FileSink } from './file-sink.ts';
import type { MakeContext } from './make-context.ts';

/**
 * Writes a raster in the format that was chosen.
 * @throws DioramaError as the encoders
 */
export async function writePicture(
  raster: ByteRaster,
  format: PictureFormat,
  sink: FileSink,
  context: MakeContext,
): Promise<void> {
  const { choice } = context.order;
  switch (format) {
    case 'png':
      return encodePng(raster, sink, context);
    case 'jpeg':
    case 'webp':
      return sink.write(await encodeByCanvas(raster, format, choice));
    case 'avif': {
      const { encodeAvif } = await import('./encode-avif.ts');
      return sink.write(await encodeAvif(raster, choice));
    }
  }
}

/** A raster as a PNG file of its own. */
export async function pngOf(
  raster: ByteRaster | WordRaster,
  context: Pick<MakeContext, 'signal' | 'onProgress'>,
): Promise<Blob> {
  const parts: Blob[] = [];
  const write = async (chunk: Uint8Array<ArrayBuffer> | Blob) => {
    parts.push(new Blob([chunk]));
  };
  await encodePng(raster, { write }, context);
  return new Blob(parts, { type: 'image/png' });
}
