import { notUnderstood } from './not-understood.ts';

/** \x93NUMPY, and version 1. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1] as const;
const HEADER_LENGTH_AT = 8;
const HEADER_AT = 10;

/** Types of samples as NumPy writes them, by their bits. */
const SAMPLES = {
  8: { described: '|u1', bytes: 1, most: 255 },
  16: { described: '<u2', bytes: 2, most: 65_535 },
} as const;

/** What the samples of a plane stand for, as the document says. */
export interface PlaneMeaning {
  readonly bitDepth: 8 | 16;
  /** Sample `v`, 0..1, stands for `scale * v + shift`. */
  readonly scale: number;
  readonly shift: number;
}

/** A plane of a prediction as what the model answered, row by row. */
export interface PredictionPlane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/**
 * An array of whole numbers, height x width, as NumPy stores it (NEP 1, version 1.0, little-endian), as what they stand for.
 * @throws DioramaError `SOURCE_UNAVAILABLE` for any other
 */
export function readNpyPlane(
  file: Uint8Array<ArrayBuffer>,
  { bitDepth, scale, shift }: PlaneMeaning,
): PredictionPlane {
  const isNpy = file.length >= HEADER_AT && MAGIC.every((byte, at) => file[at] === byte);
  if (!isNpy) throw notUnderstood();
  const { described, bytes, most } = SAMPLES[bitDepth];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const dataAt = HEADER_AT + view.getUint16(HEADER_LENGTH_AT, true);
  const header = new TextDecoder('latin1').decode(file.subarray(HEADER_AT, dataAt));
  const [, rows, columns] = /'shape': \((\d{1,6}), (\d{1,6})\)/.exec(header) ?? [];
  const [heightPx, widthPx] = [Number(rows), Number(columns)];
  const isPlain =
    header.includes(`'descr': '${described}'`) && header.includes("'fortran_order': False");
  if (!isPlain || file.length - dataAt !== bytes * widthPx * heightPx) throw notUnderstood();
  // Typed arrays read faster than a view does, and every engine that there is keeps the low byte first.
  const bytesOfSamples = file.subarray(dataAt);
  // Copied by the constructor: what a Buffer's own `slice` gives is a window into the memory of others.
  const samples =
    bytes === 1 ? bytesOfSamples : new Uint16Array(new Uint8Array(bytesOfSamples).buffer);
  const data = new Float32Array(samples.length);
  const gain = scale / most;
  for (let n = 0; n < data.length; n++) data[n] = gain * (samples[n] as number) + shift; // one size
  return { widthPx, heightPx, data };
}
