import { DioramaError } from './errors.ts';
import { assertRaster, type Raster, type RasterData, type Size } from './raster.ts';

/** For each target sample along one axis: the first and last source sample under it and what each counts. */
interface Cover {
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Share of the target that the first sample covers. */
  readonly firstWeight: Float64Array;
  /** Share that the last sample covers; 0 where it is also the first. */
  readonly lastWeight: Float64Array;
  /** Share of every sample strictly between. */
  readonly innerWeight: number;
}

function coverOf(sourceLength: number, targetLength: number): Cover {
  const first = new Int32Array(targetLength);
  const last = new Int32Array(targetLength);
  const firstWeight = new Float64Array(targetLength);
  const lastWeight = new Float64Array(targetLength);
  const innerWeight = targetLength / sourceLength;
  for (let i = 0; i < targetLength; i++) {
    // One division of whole numbers, so that an end that falls on a sample's border is exact.
    const from = (i * sourceLength) / targetLength;
    const to = ((i + 1) * sourceLength) / targetLength;
    const head = Math.floor(from);
    const tail = Math.ceil(to) - 1;
    first[i] = head;
    last[i] = tail;
    firstWeight[i] = head === tail ? 1 : (head + 1 - from) * innerWeight;
    lastWeight[i] = head === tail ? 0 : (to - tail) * innerWeight;
  }
  return { first, last, firstWeight, lastWeight, innerWeight };
}

/** Adds `weight` times one row of bytes with 3 channels, averaged along the row, to `sums`. */
function addByteRow3(
  data: Uint8Array,
  offset: number,
  cover: Cover,
  weight: number,
  sums: Float64Array,
): void {
  const { first, last, firstWeight, lastWeight } = cover;
  const inner = weight * cover.innerWeight;
  for (let i = 0, t = 0; i < first.length; i++, t += 3) {
    const from = offset + (first[i] ?? 0) * 3;
    const to = offset + (last[i] ?? 0) * 3;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let s = from + 3; s < to; s += 3) {
      red += data[s] ?? 0;
      green += data[s + 1] ?? 0;
      blue += data[s + 2] ?? 0;
    }
    const head = weight * (firstWeight[i] ?? 0);
    const tail = weight * (lastWeight[i] ?? 0);
    red = red * inner + (data[from] ?? 0) * head + (data[to] ?? 0) * tail;
    green = green * inner + (data[from + 1] ?? 0) * head + (data[to + 1] ?? 0) * tail;
    blue = blue * inner + (data[from + 2] ?? 0) * head + (data[to + 2] ?? 0) * tail;
    sums[t] = (sums[t] ?? 0) + red;
    sums[t + 1] = (sums[t + 1] ?? 0) + green;
    sums[t + 2] = (sums[t + 2] ?? 0) + blue;
  }
}

/** The same for any samples and any number of channels. */
function addRow(
  source: Raster,
  offset: number,
  cover: Cover,
  weight: number,
  sums: Float64Array,
): void {
  const { data, channels } = source;
  const { first, last, firstWeight, lastWeight } = cover;
  const inner = weight * cover.innerWeight;
  for (let i = 0; i < first.length; i++) {
    const head = weight * (firstWeight[i] ?? 0);
    const tail = weight * (lastWeight[i] ?? 0);
    for (let c = 0; c < channels; c++) {
      const from = offset + (first[i] ?? 0) * channels + c;
      const to = offset + (last[i] ?? 0) * channels + c;
      let sum = 0;
      for (let s = from + channels; s < to; s += channels) sum += data[s] ?? 0;
      const t = i * channels + c;
      sums[t] = (sums[t] ?? 0) + sum * inner + (data[from] ?? 0) * head + (data[to] ?? 0) * tail;
    }
  }
}

/**
 * Resizes by exact area average: each target pixel is the mean of the source area under it, by any factor,
 * in the samples' own type, whole-number samples rounded. Meant for shrinking; enlarging repeats pixels.
 */
export function resizeArea<D extends RasterData>(source: Raster<D>, size: Size): Raster<D> {
  assertRaster(source, 'a raster to resize');
  const target = blankLike(source, size);
  const { data, channels } = source;
  const stride = source.width * channels;
  const across = coverOf(source.width, size.width);
  const down = coverOf(source.height, size.height);
  const rowLength = size.width * channels;
  const sums = new Float64Array(rowLength);
  const rounding = data instanceof Float32Array ? 0 : 0.5;
  // The common case has its own loop: one that has seen several sample types runs at half the speed.
  const bytes = data instanceof Uint8Array && channels === 3 ? data : undefined;
  for (let y = 0; y < size.height; y++) {
    sums.fill(rounding);
    const from = down.first[y] ?? 0;
    const to = down.last[y] ?? 0;
    for (let s = from; s <= to; s++) {
      const isInner = s > from && s < to;
      const endWeight = (s === from ? down.firstWeight[y] : down.lastWeight[y]) ?? 0;
      const weight = isInner ? down.innerWeight : endWeight;
      if (bytes) addByteRow3(bytes, s * stride, across, weight, sums);
      else addRow(source, s * stride, across, weight, sums);
    }
    target.data.set(sums, y * rowLength);
  }
  return target;
}

/** For each target sample along one axis: the two source samples beside its centre and the share of the second. */
interface Lerp {
  readonly near: Int32Array;
  readonly far: Int32Array;
  readonly share: Float64Array;
}

function lerpOf(sourceLength: number, targetLength: number): Lerp {
  const near = new Int32Array(targetLength);
  const far = new Int32Array(targetLength);
  const share = new Float64Array(targetLength);
  const last = sourceLength - 1;
  for (let i = 0; i < targetLength; i++) {
    const at = ((i + 0.5) * sourceLength) / targetLength - 0.5;
    const clamped = Math.min(Math.max(at, 0), last);
    near[i] = Math.floor(clamped);
    far[i] = Math.min(Math.floor(clamped) + 1, last);
    share[i] = clamped - Math.floor(clamped);
  }
  return { near, far, share };
}

/**
 * Resizes by bilinear interpolation between pixel centres, borders held, in the samples' own type,
 * whole-number samples rounded. Meant for enlarging; shrinking by more than 2 skips pixels.
 */
export function resizeBilinear<D extends RasterData>(source: Raster<D>, size: Size): Raster<D> {
  assertRaster(source, 'a raster to resize');
  const target = blankLike(source, size);
  const { data, channels } = source;
  const stride = source.width * channels;
  const across = lerpOf(source.width, size.width);
  const down = lerpOf(source.height, size.height);
  const blend = new Float64Array(stride);
  const rounding = data instanceof Float32Array ? 0 : 0.5;
  for (let y = 0, t = 0; y < size.height; y++) {
    const above = (down.near[y] ?? 0) * stride;
    const below = (down.far[y] ?? 0) * stride;
    const share = down.share[y] ?? 0;
    for (let i = 0; i < stride; i++) {
      const top = data[above + i] ?? 0;
      blend[i] = top + ((data[below + i] ?? 0) - top) * share + rounding;
    }
    for (let x = 0; x < size.width; x++) {
      const left = (across.near[x] ?? 0) * channels;
      const right = (across.far[x] ?? 0) * channels;
      const part = across.share[x] ?? 0;
      for (let c = 0; c < channels; c++, t++) {
        const start = blend[left + c] ?? 0;
        target.data[t] = start + ((blend[right + c] ?? 0) - start) * part;
      }
    }
  }
  return target;
}

function blankLike<D extends RasterData>(source: Raster<D>, { width, height }: Size): Raster<D> {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new DioramaError(
      'INTERNAL',
      `Expected a size to resize to but received ${width}x${height}`,
    );
  }
  const { channels, data } = source;
  const length = width * height * channels;
  const blank: RasterData =
    data instanceof Uint8Array
      ? new Uint8Array(length)
      : data instanceof Uint16Array
        ? new Uint16Array(length)
        : new Float32Array(length);
  // `as D`: the branch above picked the type of the source's own samples.
  return { width, height, channels, data: blank as D };
}
