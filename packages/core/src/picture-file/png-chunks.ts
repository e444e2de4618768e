import { DioramaError } from '../errors.ts';
import type { Size } from '../raster.ts';
import { crc32 } from './crc32.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Colour types of PNG by the number of channels. */
const COLOUR_TYPES: Readonly<Record<number, number>> = { 1: 0, 3: 2, 4: 6 };

/** What a PNG file holds. */
export interface PngShape extends Size {
  /** 1 grey, 3 RGB, 4 RGB with straight alpha. */
  readonly channels: number;
  readonly bitDepth: 8 | 16;
  /** Says that the samples are sRGB. Leave it out for samples that are no colours. */
  readonly isSrgb?: boolean | undefined;
}

/** A chunk of a PNG file: length, type, data, CRC-32 (PNG specification, section 5.3). */
export function pngChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/**
 * All of a PNG file that stands before its pixels: signature, IHDR and, for colours, sRGB.
 * @throws DioramaError `INTERNAL` for a number of channels that PNG does not know here
 */
export function pngStart(shape: PngShape): Uint8Array<ArrayBuffer> {
  const colourType = COLOUR_TYPES[shape.channels];
  if (colourType === undefined) {
    throw new DioramaError('INTERNAL', `A PNG of ${shape.channels} channels cannot be written.`);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, shape.width);
  view.setUint32(4, shape.height);
  header[8] = shape.bitDepth;
  header[9] = colourType;
  const parts = [Uint8Array.from(SIGNATURE), pngChunk('IHDR', header)];
  // Rendering intent 0: as it is perceived.
  if (shape.isSrgb) parts.push(pngChunk('sRGB', new Uint8Array(1)));
  return joined(parts);
}

/** The end of every PNG file. */
export function pngEnd(): Uint8Array<ArrayBuffer> {
  return pngChunk('IEND', new Uint8Array(0));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
