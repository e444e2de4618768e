import type { LayerFormat } from '@diorama/contract';
import { type ByteRaster, DioramaError, type WordRaster } from '@diorama/core';
import type { LayersAnswer } from '@diorama/engine';
import { encodeRaster } from '@diorama/photo-io';
import sharp from 'sharp';

/** A picture of an answer, decoded to the samples that were encoded, and how to encode them again. */
export interface AnsweredRaster {
  readonly raster: ByteRaster | WordRaster;
  readonly format: LayerFormat;
}

/** Decodes the files of an answer, bit depth and channels as they were written. */
export async function answeredRasters(answer: LayersAnswer): Promise<AnsweredRaster[]> {
  const rasters: AnsweredRaster[] = [];
  for (const file of Object.values(answer.document.files)) {
    const bytes = answer.files.get(file.path);
    if (bytes === undefined) throw new DioramaError('INTERNAL', `the answer lacks ${file.path}`);
    const isDeep = file.bitDepth === 16;
    const isGrey = file.channels < 3;
    const { data, info } = await sharp(bytes)
      .toColourspace(isDeep ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb')
      .raw({ depth: isDeep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    // Copied, since a Buffer may lie at an odd address.
    const copy = Uint8Array.from(data);
    const samples = isDeep ? new Uint16Array(copy.buffer) : copy;
    const raster = { width, height, channels, data: samples };
    if (samples.length !== width * height * channels || channels !== file.channels) {
      throw new DioramaError(
        'INTERNAL',
        `${file.path} holds other samples than its description says`,
      );
    }
    rasters.push({
      raster: raster as ByteRaster | WordRaster, // by the bit depth above
      format: formatOf(file.mediaType),
    });
  }
  return rasters;
}

/** Encodes them one after another with the default settings, which are the engine's. */
export async function encodeAgain(rasters: readonly AnsweredRaster[]): Promise<number> {
  let bytes = 0;
  for (const { raster, format } of rasters) {
    bytes += (await encodeRaster(raster, { format })).bytes.length;
  }
  return bytes;
}

function formatOf(mediaType: string): LayerFormat {
  switch (mediaType) {
    case 'image/png':
      return 'png';
    case 'image/jpeg':
      return 'jpeg';
    case 'image/webp':
      return 'webp';
    default:
      throw new DioramaError('INTERNAL', `no default layer is ${mediaType}`);
  }
}
