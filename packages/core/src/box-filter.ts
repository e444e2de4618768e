import { assertRaster, type FloatRaster, floatRaster } from './raster.ts';

/**
 * The mean over the square of `2 * radius + 1` pixels around each pixel, for every channel, in constant time
 * per sample. Near the border only the pixels inside the picture count, so a flat picture stays flat.
 */
export function boxMean(source: FloatRaster, radius: number): FloatRaster {
  assertRaster(source, 'a raster to blur');
  const { width, height, channels, data } = source;
  const target = floatRaster(source, channels);
  const reach = Math.max(0, Math.floor(radius));
  const rowLength = width * channels;
  // Sums over the window's rows, with zeros on both sides where the window leaves the picture. Double precision:
  // what enters a running sum leaves it again without a trace.
  const head = (reach + 1) * channels;
  const columns = new Float64Array(head + rowLength + reach * channels);
  const running = new Float64Array(channels + rowLength);
  const inverseCounts = new Float64Array(rowLength);
  for (let i = 0; i < rowLength; i++) {
    inverseCounts[i] = 1 / windowLength(Math.floor(i / channels), width, reach);
  }
  const ahead = head + reach * channels;
  for (let y = 0; y < Math.min(reach, height); y++) {
    slideRows(columns, head, data, y * rowLength, -1, rowLength);
  }
  for (let y = 0; y < height; y++) {
    const entering = y + reach < height ? (y + reach) * rowLength : -1;
    const leaving = y > reach ? (y - reach - 1) * rowLength : -1;
    slideRows(columns, head, data, entering, leaving, rowLength);
    startRow(running, columns, head, channels, reach);
    const rowShare = 1 / windowLength(y, height, reach);
    averageRow(columns, ahead, running, channels, inverseCounts, rowShare, target.data, y);
  }
  return target;
}

/** Slides the window along a row of column sums. */
function averageRow(
  columns: Float64Array,
  ahead: number,
  running: Float64Array,
  channels: number,
  inverseCounts: Float64Array,
  rowShare: number,
  target: Float32Array,
  y: number,
): void {
  const rowLength = inverseCounts.length;
  const offset = y * rowLength;
  for (let i = 0; i < rowLength; i++) {
    const sum = (running[i] ?? 0) + (columns[i + ahead] ?? 0) - (columns[i] ?? 0);
    running[i + channels] = sum;
    target[offset + i] = sum * rowShare * (inverseCounts[i] ?? 0);
  }
}

/** The sums of the window around the pixel before the row's first. */
function startRow(
  running: Float64Array,
  columns: Float64Array,
  head: number,
  channels: number,
  reach: number,
): void {
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let x = 0; x < reach; x++) sum += columns[head + x * channels + c] ?? 0;
    running[c] = sum;
  }
}

function windowLength(at: number, length: number, reach: number): number {
  return Math.min(at + reach, length - 1) - Math.max(at - reach, 0) + 1;
}

/** Adds one row of the picture to the column sums and takes another away; -1 stands for no row. */
function slideRows(
  sums: Float64Array,
  head: number,
  data: Float32Array,
  entering: number,
  leaving: number,
  length: number,
): void {
  if (entering >= 0 && leaving >= 0) {
    for (let i = 0; i < length; i++) {
      const change = (data[entering + i] ?? 0) - (data[leaving + i] ?? 0);
      sums[head + i] = (sums[head + i] ?? 0) + change;
    }
  } else if (entering >= 0) {
    for (let i = 0; i < length; i++) {
      sums[head + i] = (sums[head + i] ?? 0) + (data[entering + i] ?? 0);
    }
  } else if (leaving >= 0) {
    for (let i = 0; i < length; i++) {
      sums[head + i] = (sums[head + i] ?? 0) - (data[leaving + i] ?? 0);
    }
  }
}
