import { notUnderstood } from './not-understood.ts';

/** \x93NUMPY, and version 1. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1] as const;
const HEADER_LENGTH_AT = 8;
const HEADER_AT = 10;

/** Samples of a prediction, row by row. */
export interface PredictionPlane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/**
 * An array of float32, height x width, as NumPy stores it (NEP 1, version 1.0, little-endian), copied out of the file.
 * @throws DioramaError `SOURCE_UNAVAILABLE` for any other
 */
export function readNpyPlane(file: Uint8Array<ArrayBuffer>): PredictionPlane {
  const isNpy = file.length >= HEADER_AT && MAGIC.every((byte, at) => file[at] === byte);
  if (!isNpy) throw notUnderstood();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const dataAt = HEADER_AT + view.getUint16(HEADER_LENGTH_AT, true);
  const header = new TextDecoder('latin1').decode(file.subarray(HEADER_AT, dataAt));
  const [, rows, columns] = /'shape': \((\d{1,6}), (\d{1,6})\)/.exec(header) ?? [];
  const [heightPx, widthPx] = [Number(rows), Number(columns)];
  const isPlain = header.includes("'descr': '<f4'") && header.includes("'fortran_order': False");
  if (!isPlain || file.length - dataAt !== 4 * widthPx * heightPx) throw notUnderstood();
  // A copy, since numbers of four bytes must begin at a multiple of four.
  return { widthPx, heightPx, data: new Float32Array(file.slice(dataAt).buffer) };
}
