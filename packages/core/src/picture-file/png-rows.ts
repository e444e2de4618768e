import type { ByteRaster, WordRaster } from '../raster.ts';
import { chooseFilter, filterRow } from './png-filter.ts';

/** How many bytes are handed on at once, about: enough to keep a compressor busy, little to hold. */
const BAND_BYTES = 1_000_000;

/** Some rows of a PNG file before their compression. */
export interface PngBand {
  /** Each row with its filter's number before it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How much of the picture there is with this band, 0..1. */
  readonly share: number;
}

/** Whether a raster's samples have 16 bits. */
export function isWordRaster(raster: ByteRaster | WordRaster): raster is WordRaster {
  return raster.data instanceof Uint16Array;
}

/**
 * The rows of a raster as a PNG file has them inside its compression, band by band: each with the filter after which
 * it should pack best. Samples of 16 bits become big-endian.
 */
export function* pngRows(raster: ByteRaster | WordRaster): Generator<PngBand> {
  const { width, height, channels } = raster;
  const sampleBytes = isWordRaster(raster) ? 2 : 1;
  const pixelBytes = channels * sampleBytes;
  const rowBytes = width * pixelBytes;
  const bandRows = Math.max(1, Math.min(height, Math.floor(BAND_BYTES / (rowBytes + 1))));
  // A clear pixel stands before each row, so that no filter has to ask for its start.
  let row = new Uint8Array(pixelBytes + rowBytes);
  let above = new Uint8Array(pixelBytes + rowBytes);
  for (let y = 0; y < height; ) {
    let at = 0;
    const end = Math.min(height, y + bandRows);
    // Its own memory: a stream may read it after the next one was asked for.
    const band = new Uint8Array((end - y) * (rowBytes + 1));
    for (; y < end; y++) {
      readRow(raster, y, row, pixelBytes);
      const filter = chooseFilter(row, above, pixelBytes);
      band[at++] = filter;
      filterRow(filter, row, above, pixelBytes, band.subarray(at, at + rowBytes));
      at += rowBytes;
      [row, above] = [above, row];
    }
    yield { bytes: band, share: y / height };
  }
}

function readRow(raster: ByteRaster | WordRaster, y: number, row: Uint8Array, from: number): void {
  const samples = raster.width * raster.channels;
  const start = y * samples;
  if (!isWordRaster(raster)) {
    row.set(raster.data.subarray(start, start + samples), from);
    return;
  }
  for (let i = 0, to = from; i < samples; i++) {
    const word = raster.data[start + i] as number; // in range by the loop's bound
    row[to++] = word >> 8;
    row[to++] = word & 255;
  }
}
