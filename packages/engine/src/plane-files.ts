import {
  type ByteRaster,
  DioramaError,
  resizeArea,
  roundToLevels,
  type Size,
  type WordRaster,
} from '@diorama/core';
import { encodeRaster } from '@diorama/photo-io';

export type PlaneFile = Uint8Array<ArrayBuffer>;

/** Planes of one size. */
export interface PlanePair {
  readonly depth?: WordRaster;
  readonly matte?: ByteRaster;
}

/** Planes as PNG files, and what became of them. */
export interface PlaneFiles {
  readonly files: { readonly depth?: PlaneFile; readonly matte?: PlaneFile };
  /** Of both planes. */
  readonly size: Size;
  /** A sample of the depth that was given is `1 / depthGain` of what is in its file. */
  readonly depthGain: number;
}

/** One way to write the planes, the next of which is smaller and worse. */
interface Attempt {
  readonly compression: 'fast' | 'small';
  /** Of each sample of the depth. */
  readonly depthBits: number;
  readonly size: Size;
}

const FULL_BITS = 16;
/** Fewer than these, and a smooth floor becomes stairs; fewer pixels are the better loss from here on. */
const LEAST_BITS = 8;
/** What is smaller shows no photo any more. */
const LEAST_LONG_SIDE_PX = 24;
/** How much is hoped of a guess, whose miss costs a whole attempt. */
const MARGIN = 0.93;
const MOST_ATTEMPTS = 12;

/**
 * Planes as PNG files that have at most `maxBytes` together, as good as fits: compressed better first, then with fewer bits of
 * depth, and only then with fewer pixels.
 * @throws DioramaError `ANSWER_TOO_LARGE` when none fit, `CANCELLED`
 */
export async function encodePlanes(
  planes: PlanePair,
  maxBytes = Number.POSITIVE_INFINITY,
  signal?: AbortSignal,
): Promise<PlaneFiles> {
  const size = sizeOf(planes);
  let attempt: Attempt | undefined = { compression: 'fast', depthBits: FULL_BITS, size };
  for (let count = 0; attempt && count < MOST_ATTEMPTS; count++) {
    const made: PlaneFiles = await write(planes, attempt, signal);
    const bytes = (made.files.depth?.length ?? 0) + (made.files.matte?.length ?? 0);
    if (bytes <= maxBytes) return made;
    attempt = nextOf(attempt, bytes / maxBytes, bytes - maxBytes, planes.depth !== undefined);
  }
  throw new DioramaError(
    'ANSWER_TOO_LARGE',
    `The planes do not fit into ${maxBytes} bytes. Ask for fewer pictures at once, or allow larger answers.`,
    { detail: { maxBytes, ...size } },
  );
}

function sizeOf({ depth, matte }: PlanePair): Size {
  const plane = depth ?? matte;
  if (!plane) throw new DioramaError('INTERNAL', 'A prediction without planes.');
  return { width: plane.width, height: plane.height };
}

/** The next attempt after one whose files were `ratio` times, or `excess` bytes, too large. */
function nextOf(
  { compression, depthBits, size }: Attempt,
  ratio: number,
  excess: number,
  hasDepth: boolean,
): Attempt | undefined {
  // Far too much is not brought down by looking for it longer.
  if (compression === 'fast' && ratio < 2) return { compression: 'small', depthBits, size };
  if (hasDepth && depthBits > LEAST_BITS) {
    // Low bits are noise, which takes as much room in a file as it does in memory.
    const needed = Math.ceil((8 * excess) / (size.width * size.height));
    const bits = Math.max(LEAST_BITS, Math.min(depthBits - 1, depthBits - needed));
    return { compression: 'small', depthBits: bits, size };
  }
  const factor = Math.min(0.9, MARGIN / Math.sqrt(ratio));
  const width = Math.max(1, Math.floor(size.width * factor));
  const height = Math.max(1, Math.floor(size.height * factor));
  if (Math.max(width, height) < LEAST_LONG_SIDE_PX) return undefined;
  return { compression: 'small', depthBits, size: { width, height } };
}

async function write(
  planes: PlanePair,
  { compression, depthBits, size }: Attempt,
  signal: AbortSignal | undefined,
): Promise<PlaneFiles> {
  const options = { format: 'png', compression } as const;
  const shrunk = <P extends WordRaster | ByteRaster>(plane: P): P =>
    plane.width === size.width && plane.height === size.height
      ? plane
      : (resizeArea<P['data']>(plane, size) as P); // the samples stay of their type
  const files: { depth?: PlaneFile; matte?: PlaneFile } = {};
  let depthGain = 1;
  if (planes.depth) {
    const { words, gain } = roundToLevels(shrunk(planes.depth), depthBits);
    depthGain = gain;
    files.depth = (await encodeRaster(words, options, signal)).bytes;
  }
  if (planes.matte) {
    files.matte = (await encodeRaster(shrunk(planes.matte), options, signal)).bytes;
  }
  return { files, size, depthGain };
}
