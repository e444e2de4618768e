import { readFileSync } from 'node:fs';
import type { ByteRaster, RasterData } from '@diorama/core';
import { type OpenedPhoto, openPhoto, type Photo } from '@diorama/photo-io';

/** Root mean square of the differences of all samples. */
export function rmse(a: RasterData, b: RasterData): number {
  if (a.length !== b.length) throw new Error(`${a.length} samples against ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum / a.length);
}

/** Largest difference of any sample. */
export function maxDifference(a: RasterData, b: RasterData): number {
  if (a.length !== b.length) throw new Error(`${a.length} samples against ${b.length}`);
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    largest = Math.max(largest, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  }
  return largest;
}

/** The samples of one pixel. */
export function pixelAt({ width, channels, data }: ByteRaster, x: number, y: number): number[] {
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

/** Opens and decodes in full. */
export async function readPhoto(bytes: Uint8Array): Promise<Photo & Pick<OpenedPhoto, 'info'>> {
  const opened = await openPhoto(bytes);
  return { info: opened.info, ...(await opened.decode()) };
}

/** The code of the error that opening or decoding ends with, or `opened`. */
export async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    await readPhoto(bytes);
    return 'opened';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

const SHARED = new URL('../../../../shared/photos/odd/', import.meta.url);

/** The bytes of one of the odd photos; nothing where that folder is absent, as it is no part of the repository. */
export function readOddPhoto(name: string): Uint8Array | undefined {
  try {
    return readFileSync(new URL(name, SHARED));
  } catch {
    return undefined;
  }
}
