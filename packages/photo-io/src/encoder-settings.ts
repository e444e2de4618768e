import type { LayerFormat } from '@diorama/contract';
import type { Raster } from '@diorama/core';
import type { Sharp } from './native.ts';

export interface EncodeOptions {
  readonly format: LayerFormat;
  /** 1..100 for JPEG and lossy WebP (default 90) and AVIF (default 60); the others ignore it. */
  readonly quality?: number;
  /** WebP and AVIF only; default false. */
  readonly lossless?: boolean;
  /** JPEG only: whether colours are kept as fine as light, `4:4:4`, or half as fine each way; default `4:2:0`. */
  readonly chroma?: '4:4:4' | '4:2:0';
  /** Whether time or file size counts more; default `fast`. */
  readonly compression?: 'fast' | 'small';
}

/** A raster of whole numbers: what sharp encodes. */
export type WholeRaster = Raster<Uint8Array | Uint16Array>;

/** Encoder settings with figures behind them: docs/decisions/0002-photo-io.md. */
export function configureEncoder(
  pipeline: Sharp,
  raster: WholeRaster,
  options: EncodeOptions,
): Sharp {
  const { format, lossless = false } = options;
  const isDeep = raster.data instanceof Uint16Array;
  const isSmall = options.compression === 'small';
  switch (format) {
    case 'png':
      return pipeline.png(
        isSmall ? { compressionLevel: 6, adaptiveFiltering: true } : fastPng(isDeep),
      );
    case 'jpeg':
      // Optimised Huffman tables save 1 % and cost several times the rest of the encoder.
      return pipeline.jpeg({
        quality: options.quality ?? 90,
        chromaSubsampling: options.chroma ?? '4:2:0',
        optimiseCoding: isSmall,
      });
    case 'webp':
      return pipeline.webp({
        quality: options.quality ?? 90,
        lossless,
        // Straight alpha: colours under transparent pixels are part of a lossless picture.
        exact: lossless,
        // Lossless effort costs minutes on large photos for a few percent.
        effort: isSmall ? (lossless ? 1 : 4) : 0,
      });
    case 'avif':
      return pipeline.avif({ quality: options.quality ?? 60, lossless, effort: isSmall ? 1 : 0 });
    case 'tiff':
      return pipeline.tiff({
        compression: isSmall ? 'deflate' : 'none',
        predictor: 'horizontal',
      });
  }
}

/**
 * 16-bit pictures are smooth: without row filters their low bytes look like noise and the file triples. For 8-bit
 * ones the filters cost more time than they save in writing the file.
 */
function fastPng(isDeep: boolean) {
  return isDeep
    ? { compressionLevel: 2, adaptiveFiltering: true }
    : { compressionLevel: 1, adaptiveFiltering: false };
}
