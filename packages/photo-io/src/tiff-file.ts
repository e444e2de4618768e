import { DioramaError, type Size } from '@diorama/core';

/** A TIFF whose samples lie uncompressed at its end, in rows without padding. */
export interface TiffFile {
  /** The whole file; only the header is filled in. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the samples begin; a multiple of 8. */
  readonly samplesAt: number;
}

export interface TiffLayout {
  readonly size: Size;
  /** 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA; alpha is straight. */
  readonly channels: number;
  /** 8-bit whole numbers, or 32-bit floating point. */
  readonly bits: 8 | 32;
  readonly icc?: Uint8Array;
}

type Entry = readonly [tag: number, type: number, values: readonly number[] | Uint8Array];

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const STRIP_BYTES = 256 * 1024;
const MAX_BYTES = 2 ** 32 - 1;

/**
 * Lays out a little-endian TIFF 6.0 file for samples that the caller writes straight into it, so that pixels are
 * moved once.
 * @throws DioramaError `REQUEST_INVALID` above 4 GiB, which TIFF cannot address
 */
export function layOutTiff({ size, channels, bits, icc }: TiffLayout): TiffFile {
  const rowBytes = (size.width * channels * bits) / 8;
  const rowsPerStrip = Math.max(1, Math.min(size.height, Math.floor(STRIP_BYTES / rowBytes)));
  const strips = Math.ceil(size.height / rowsPerStrip);
  const counts = Array.from({ length: strips }, (_, strip) => {
    return Math.min(rowsPerStrip, size.height - strip * rowsPerStrip) * rowBytes;
  });
  const entriesFor = (samplesAt: number): Entry[] => [
    [256, LONG, [size.width]],
    [257, LONG, [size.height]],
    [258, SHORT, Array<number>(channels).fill(bits)],
    [259, SHORT, [1]],
    [262, SHORT, [channels < 3 ? 1 : 2]],
    [273, LONG, counts.map((_, strip) => samplesAt + strip * rowsPerStrip * rowBytes)],
    [277, SHORT, [channels]],
    [278, LONG, [rowsPerStrip]],
    [279, LONG, counts],
    [284, SHORT, [1]],
    ...(channels % 2 === 0 ? [[338, SHORT, [2]] satisfies Entry] : []),
    [339, SHORT, Array<number>(channels).fill(bits === 32 ? 3 : 1)],
    ...(icc ? [[34675, UNDEFINED, icc] satisfies Entry] : []),
  ];
  const headerBytes = measure(entriesFor(0));
  const total = headerBytes + rowBytes * size.height;
  if (total > MAX_BYTES) {
    throw new DioramaError('REQUEST_INVALID', 'The picture is too large for a TIFF file.', {
      detail: { bytes: total, allowed: MAX_BYTES },
    });
  }
  const bytes = new Uint8Array(total);
  writeDirectory(bytes, entriesFor(headerBytes));
  return { bytes, samplesAt: headerBytes };
}

function valueBytes([, type, values]: Entry): number {
  if (type === SHORT) return values.length * 2;
  return type === LONG ? values.length * 4 : values.length;
}

function measure(entries: readonly Entry[]): number {
  let at = 8 + 2 + entries.length * 12 + 4;
  for (const entry of entries) if (valueBytes(entry) > 4) at += align(valueBytes(entry));
  return Math.ceil(at / 8) * 8;
}

function align(bytes: number): number {
  return bytes + (bytes & 1);
}

function writeDirectory(bytes: Uint8Array<ArrayBuffer>, entries: readonly Entry[]): void {
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, entries.length, true);
  let at = 10;
  let outsideAt = 8 + 2 + entries.length * 12 + 4;
  for (const entry of entries) {
    const [tag, type, values] = entry;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, values.length, true);
    const length = valueBytes(entry);
    let valueAt = at + 8;
    if (length > 4) {
      view.setUint32(at + 8, outsideAt, true);
      valueAt = outsideAt;
      outsideAt += align(length);
    }
    writeValues(view, valueAt, entry);
    at += 12;
  }
}

function writeValues(view: DataView, at: number, [, type, values]: Entry): void {
  const step = type === SHORT ? 2 : type === LONG ? 4 : 1;
  values.forEach((value, index) => {
    if (step === 2) view.setUint16(at + index * 2, value, true);
    else if (step === 4) view.setUint32(at + index * 4, value, true);
    else view.setUint8(at + index, value);
  });
}
