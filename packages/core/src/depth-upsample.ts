import { splitDepth } from './depth-layers.ts';
import {
  type FieldReader,
  fieldReader,
  type GuidedField,
  guidedField,
  readField,
} from './guided-field.ts';
import { wordView } from './matte-words.ts';
import { localMaximum, localMinimum } from './neighbourhood.ts';
import { describeGuide, type PhotoGuide } from './photo-guide.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  type FloatRaster,
  type WordRaster,
  wordRaster,
} from './raster.ts';
import { resizeArea } from './resize.ts';

/**
 * Surfaces whose depth varies by less than `smoothBelow` within the guide's window take nothing from the photo, so
 * that no pattern becomes a relief.
 */
const DEPTH_FIELD = {
  smoothBelow: 0.01,
  detail: 1,
  unblur: 1 / 8,
  reach: 1,
  contrast: 0,
  scale: 65535,
};

/** How far from the silhouette, in the model's pixels, the photo's colours may speak of one side alone. */
const SIDE_REACH = 2;

export interface UpsampleDepthOptions {
  /** Describes the photo at the depth's own size; made from an area average where it is missing. */
  readonly guide?: PhotoGuide;
  /** Where to write: 1 channel at the photo's size. A new raster when absent. */
  readonly out?: WordRaster;
}

/**
 * Enlarges inverse depth (1 channel, 0..1) to the photo's size (3 channels): 1 channel, 0..65535, along the photo's
 * edges.
 */
export function upsampleDepth(
  inverse: FloatRaster,
  photo: ByteRaster,
  options: UpsampleDepthOptions = {},
): WordRaster {
  assertRaster(inverse, 'inverse depth', 1);
  assertRaster(photo, 'a photo', 3);
  const { depth: guide } = options.guide ?? describeGuide(resizeArea(photo, inverse));
  const field = guidedField(inverse, guide, DEPTH_FIELD);
  return wholeDepth(fieldReader(field, photo), targetFor(photo, options.out));
}

/** Inverse depth on either side of the silhouette, ready to be read at any photo's size. */
export interface DepthSides {
  readonly subject: GuidedField;
  readonly plate: GuidedField;
}

/**
 * Takes inverse depth apart at the silhouette (see {@link splitDepth}) and describes both sides. `inverse` and
 * `lowMatte` have 1 channel of 0..1 at the model's size, and `guide` describes the photo at it.
 */
export function describeDepthSides(
  inverse: FloatRaster,
  lowMatte: FloatRaster,
  guide: PhotoGuide,
): DepthSides {
  const { subject, plate } = splitDepth(inverse, lowMatte);
  return {
    subject: guidedField(subject, guide.depth, { ...DEPTH_FIELD, trust: subjectTrust(lowMatte) }),
    plate: guidedField(plate, guide.depth, { ...DEPTH_FIELD, trust: plateTrust(lowMatte) }),
  };
}

/**
 * Depth at the photo's size as `upsampleDepth`, with the jump between both sides exactly where the matte (0..255, the
 * photo's size) passes one half.
 */
export function upsampleSplitDepth(
  sides: DepthSides,
  matte: ByteRaster,
  photo: ByteRaster,
  out?: WordRaster,
): WordRaster {
  assertRaster(photo, 'a photo', 3);
  assertRaster(matte, 'a matte', 1);
  assertSameSize(matte, photo, 'a matte and its photo');
  const near = fieldReader(sides.subject, photo);
  const far = fieldReader(sides.plate, photo);
  return selectedDepth(near, far, matte, targetFor(photo, out));
}

/** The background's inverse depth at the photo's size, 1 channel, 0..65535: it goes on where the subject stands. */
export function upsamplePlateDepth({ plate }: DepthSides, photo: ByteRaster): WordRaster {
  assertRaster(photo, 'a photo', 3);
  return wholeDepth(fieldReader(plate, photo), wordRaster(photo, 1));
}

function targetFor(photo: ByteRaster, out = wordRaster(photo, 1)): WordRaster {
  assertRaster(out, 'a depth to write', 1);
  assertSameSize(out, photo, 'a depth and its photo');
  return out;
}

function subjectTrust(lowMatte: FloatRaster): FloatRaster {
  return localMinimum(lowMatte, SIDE_REACH);
}

function plateTrust(lowMatte: FloatRaster): FloatRaster {
  const trust = localMaximum(lowMatte, SIDE_REACH);
  for (let i = 0; i < trust.data.length; i++) trust.data[i] = 1 - (trust.data[i] ?? 0);
  return trust;
}

function wholeDepth(reader: FieldReader, target: WordRaster): WordRaster {
  const { photo, rowStarts } = reader;
  const { width, height } = reader.field.samples;
  for (let j = 0; j < height; j++) {
    const end = rowStarts[j + 1] ?? 0;
    for (let y = rowStarts[j] ?? 0; y < end; y++) {
      readField(reader, j, y, 0, width, target.data, y * photo.width);
    }
  }
  return target;
}

/** Which side each byte of alpha shows: a ramp around one half, steep, but still smooth over a soft edge. */
const SUBJECT_SHARE = Float32Array.from({ length: 256 }, (_, alpha) =>
  Math.min(1, Math.max(0, (alpha / 255 - 0.5) * 4 + 0.5)),
);

function selectedDepth(
  near: FieldReader,
  far: FieldReader,
  matte: ByteRaster,
  target: WordRaster,
): WordRaster {
  const { width, height } = near.field.samples;
  const { columnStarts, rowStarts } = near;
  const nearLine = new Uint16Array(matte.width);
  const sides = new Uint8Array(width);
  const words = wordView(matte.data);
  for (let j = 0; j < height; j++) {
    const end = rowStarts[j + 1] ?? 0;
    for (let y = rowStarts[j] ?? 0; y < end; y++) {
      const offset = y * matte.width;
      markSides(matte.data, words, offset, columnStarts, sides);
      for (let from = 0; from < width; ) {
        const side = sides[from] ?? 0;
        let to = from + 1;
        while (to < width && sides[to] === side) to++;
        if (side & FAR) readField(far, j, y, from, to, target.data, offset);
        if (side === NEAR) readField(near, j, y, from, to, target.data, offset);
        else if (side & NEAR) {
          readField(near, j, y, from, to, nearLine, 0);
          const start = columnStarts[from] ?? 0;
          mixLine(nearLine, matte.data, offset, start, columnStarts[to] ?? 0, target.data);
        }
        from = to;
      }
    }
  }
  return target;
}

const NEAR = 1;
const FAR = 2;

/** For each column of the field, which sides the photo's pixels over it in one row may show. */
function markSides(
  matte: Uint8Array,
  words: Uint32Array | undefined,
  offset: number,
  starts: Int32Array,
  sides: Uint8Array,
): void {
  for (let j = 0; j < sides.length; j++) {
    const end = offset + (starts[j + 1] ?? 0);
    let some = 0;
    let every = 255;
    for (let i = offset + (starts[j] ?? 0); i < end; i++) {
      if (words !== undefined && (i & 3) === 0 && i + 4 <= end) {
        const word = words[i >> 2] ?? 0;
        if (word === 0 || word === 0xffffffff) {
          some |= word & 255;
          every &= word & 255;
          i += 3;
          continue;
        }
      }
      some |= matte[i] ?? 0;
      every &= matte[i] ?? 0;
    }
    sides[j] = some === 0 ? FAR : every === 255 ? NEAR : NEAR | FAR;
  }
}

/** Mixes the near side into a part of a row that holds the far one, by the matte. */
function mixLine(
  nearLine: Uint16Array,
  matte: Uint8Array,
  offset: number,
  start: number,
  stop: number,
  target: Uint16Array,
): void {
  for (let x = start; x < stop; x++) {
    const far = target[offset + x] ?? 0;
    const share = SUBJECT_SHARE[matte[offset + x] ?? 0] ?? 0;
    target[offset + x] = far + share * ((nearLine[x] ?? 0) - far) + 0.5;
  }
}
