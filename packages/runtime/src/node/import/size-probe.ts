import { type ByteRaster, DioramaError, type Size } from '@diorama/core';
import type { PictureInput } from './picture-input.ts';
import { noisePicture, withOtherEdge } from './synthetic-pictures.ts';

export interface AnsweredPlane extends Size {
  readonly name: string;
  readonly data: Float32Array;
}

/** Runs the network on a picture; undefined when that failed. */
export type TryPicture = (picture: ByteRaster) => Promise<readonly AnsweredPlane[] | undefined>;

/** The sizes that a network takes. `isDeclared` is false where its file says that others would do as well. */
export type FoundSize =
  | ({ readonly policy: 'fixed'; readonly isDeclared: boolean } & Size)
  | { readonly policy: 'multiple-of'; readonly multiple: number };

const MULTIPLES = [1, 2, 4, 8, 14, 16, 28, 32, 64];
/** Pixels near which sides are tried, shorter and longer: some networks take no small picture. */
const NEAR = [
  [90, 132],
  [270, 390],
] as const;
/** Sides of squares that networks are trained at, the most usual first. */
const SQUARES = [
  512, 518, 320, 384, 256, 224, 1024, 448, 640, 392, 416, 768, 252, 364, 480, 560, 672, 336, 308,
  192, 128, 96, 64, 32,
];
/** Other sizes that depth networks are trained at, as width and height. */
const OBLONGS = [
  [640, 480],
  [640, 192],
  [1024, 320],
  [320, 256],
  [672, 384],
  [686, 518],
  [512, 384],
] as const;
/** As a `Session` has it: with less than one sample for so many pixels each way it is no plane. */
const COARSEST = 32;

/**
 * Finds out by running it what sizes a network takes, since files declare sides open that are not.
 * @throws DioramaError `MODEL_OUTPUT_INVALID` when it answers at no size that was tried.
 */
export async function findSize(
  { width, height }: PictureInput,
  answer: TryPicture,
): Promise<FoundSize> {
  if (width !== undefined && height !== undefined) {
    if (!(await answersAt({ width, height }, answer))) throw noAnswer(`at ${width}x${height}`);
    return { policy: 'fixed', width, height, isDeclared: true };
  }
  const side = width ?? height;
  if (side !== undefined) {
    const size = { width: side, height: side };
    if (!(await answersAt(size, answer))) throw noAnswer(`at ${side}x${side}`);
    return { policy: 'fixed', ...size, isDeclared: false };
  }
  const multiple = await findMultiple(answer);
  if (multiple !== undefined) return { policy: 'multiple-of', multiple };
  return { policy: 'fixed', isDeclared: false, ...(await findOnlySize(answer)) };
}

/**
 * The smallest multiple at which both an upright and a wide picture run. One at which the network does not look at the
 * last pixels is a last resort: it rounds down by itself, and its plane is then not quite over the picture.
 */
async function findMultiple(answer: TryPicture): Promise<number | undefined> {
  let blind: number | undefined;
  for (const [shorter, longer] of NEAR) {
    for (const multiple of MULTIPLES) {
      const a = oddMultipleNear(shorter, multiple);
      const b = oddMultipleNear(longer, multiple);
      const wide = noisePicture({ width: b, height: a });
      const upright = noisePicture({ width: a, height: b });
      const onWide = await planesOver(wide, answer);
      const onUpright = onWide && (await planesOver(upright, answer));
      if (!onWide || !onUpright) continue;
      const doesSee =
        areDifferent(onWide, await planesOver(withOtherEdge(wide, 'column'), answer)) &&
        areDifferent(onUpright, await planesOver(withOtherEdge(upright, 'row'), answer));
      if (doesSee) return multiple;
      blind ??= multiple;
    }
    if (blind !== undefined) return blind;
  }
  return undefined;
}

/** An odd multiple, so that it is none of twice the number; nor one of 7 by chance, which others are multiples of. */
function oddMultipleNear(px: number, multiple: number): number {
  const odd = Math.max(1, 2 * Math.round((px / multiple - 1) / 2) + 1);
  return multiple * (multiple % 7 !== 0 && odd % 7 === 0 ? odd + 2 : odd);
}

/** The planes that lie exactly over the picture, sample by sample or each over a square of pixels. */
async function planesOver(
  picture: ByteRaster,
  answer: TryPicture,
): Promise<readonly AnsweredPlane[] | undefined> {
  const planes = await answer(picture);
  const over = (planes ?? []).filter(({ width, height }) => {
    const factor = picture.width / width;
    return Number.isInteger(factor) && factor <= COARSEST && height * factor === picture.height;
  });
  return over.length > 0 ? over : undefined;
}

function areDifferent(
  one: readonly AnsweredPlane[],
  other: readonly AnsweredPlane[] | undefined,
): boolean {
  return one.some((plane) => {
    const counterpart = other?.find(({ name }) => name === plane.name)?.data;
    return plane.data.some((sample, n) => sample !== counterpart?.[n]);
  });
}

async function findOnlySize(answer: TryPicture): Promise<Size> {
  const squares = SQUARES.map((side) => ({ width: side, height: side }));
  const oblongs = OBLONGS.map(([width, height]) => ({ width, height }));
  for (const size of [...squares, ...oblongs]) {
    if (await answersAt(size, answer)) return size;
  }
  throw noAnswer('at any size that was tried, though its file declares them open');
}

async function answersAt(size: Size, answer: TryPicture): Promise<boolean> {
  const planes = await answer(noisePicture(size));
  return (planes ?? []).some(
    ({ width, height }) => width * COARSEST >= size.width && height * COARSEST >= size.height,
  );
}

function noAnswer(where: string): DioramaError {
  return new DioramaError(
    'MODEL_OUTPUT_INVALID',
    `This model does not answer with a plane of float32 samples ${where}.`,
  );
}
