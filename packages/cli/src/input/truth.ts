import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  alphaDescriptionSchema,
  type DepthDescription,
  depthDescriptionSchema,
} from '@diorama/contract';
import { type ByteRaster, DioramaError, floatRaster, type WordRaster } from '@diorama/core';
import { type DepthTruth, FEWEST_KNOWN_DEPTHS, type MatteTruth } from '@diorama/core/accuracy';
import { decodeGrey, type PhotoLimits } from '@diorama/photo-io';
import { inputError } from './file-error.ts';
import { readPhotoBytes } from './photo-bytes.ts';

/** A schema of the contract, as far as it is used here. */
interface Schema<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * The matte that lies beside a photo.
 * @throws DioramaError `TRUTH_UNUSABLE`, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function readMatteTruth(
  path: string,
  descriptionPath: string | undefined,
  limits: PhotoLimits,
  signal: AbortSignal,
): Promise<MatteTruth> {
  const { ignore } = descriptionPath
    ? await readDescription(descriptionPath, alphaDescriptionSchema)
    : {};
  const raster = await readGrey(path, limits, signal);
  const { data } = raster;
  if (!(data instanceof Uint8Array)) throw unusable(path, 'holds 16 bits, and a matte is of 8');
  const alpha = floatRaster(raster, 1);
  for (let i = 0; i < data.length; i++) alpha.data[i] = (data[i] ?? 0) / 255;
  if (ignore === undefined || !data.includes(ignore)) return { alpha };
  const known = data.map((sample) => (sample === ignore ? 0 : 1));
  if (!known.includes(1)) throw unusable(path, `is ${ignore} everywhere, which says nothing`);
  return { alpha, known };
}

/**
 * The depth that lies beside a photo, as inverse depth, and whether no more than its order can be trusted.
 * @throws DioramaError `TRUTH_UNUSABLE`, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function readDepthTruth(
  path: string,
  descriptionPath: string | undefined,
  limits: PhotoLimits,
  signal: AbortSignal,
): Promise<{ readonly inverse: DepthTruth; readonly isOrderOnly: boolean }> {
  if (!descriptionPath) {
    throw unusable(path, 'has no NAME.json beside it that says what its samples mean');
  }
  const description = await readDescription(descriptionPath, depthDescriptionSchema);
  const raster = await readGrey(path, limits, signal);
  const { data } = raster;
  if (!(data instanceof Uint16Array)) throw unusable(path, 'holds 8 bits, and a depth is of 16');
  const inverse = floatRaster(raster, 1);
  let known = 0;
  for (let i = 0; i < data.length; i++) {
    const value = inverseOf(data[i] ?? 0, description);
    inverse.data[i] = value;
    if (value > 0) known++;
  }
  if (known < FEWEST_KNOWN_DEPTHS) {
    throw unusable(path, `knows ${known} pixels, and needs ${FEWEST_KNOWN_DEPTHS} to be of use`);
  }
  return { inverse, isOrderOnly: description.weak };
}

function inverseOf(sample: number, { kind, scale, invalid }: DepthDescription): number {
  if (sample === invalid || sample === 0) return 0;
  return kind === 'inverse' ? sample * scale : 1 / (sample * scale);
}

async function readDescription<T>(path: string, schema: Schema<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw unusable(path, lowerFirst(inputError(error).message), error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unusable(path, 'is not valid JSON', cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
  throw unusable(path, `does not describe a truth: ${where}${issue?.message ?? 'unknown'}`);
}

async function readGrey(
  path: string,
  limits: PhotoLimits,
  signal: AbortSignal,
): Promise<ByteRaster | WordRaster> {
  try {
    const bytes = await readPhotoBytes(path, limits.bytes);
    return await decodeGrey(bytes, limits, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const { message } = inputError(error);
    throw unusable(path, `cannot be used: ${lowerFirst(message).replace(/\.$/, '')}`, error);
  }
}

function unusable(path: string, why: string, cause?: unknown): DioramaError {
  return new DioramaError('TRUTH_UNUSABLE', `Its truth ${basename(path)} ${why}`, { cause });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
