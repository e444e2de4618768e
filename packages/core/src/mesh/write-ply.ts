import { DioramaError } from '../errors.ts';

/** Points in space, each with its colour. */
export interface ColouredPoints {
  /** x, y and z of each point. */
  readonly positions: Float32Array;
  /** Red, green and blue of each point, sRGB 0..255. */
  readonly colours: Uint8Array;
}

const POINT_BYTES = 15;

/**
 * Points as a PLY file (Turk, The PLY Polygon File Format, 1994), binary, little-endian: float x, y, z and uchar red,
 * green, blue each.
 * @throws DioramaError `INTERNAL` where positions and colours are not of as many points
 */
export function writePly({ positions, colours }: ColouredPoints): Uint8Array<ArrayBuffer> {
  const count = positions.length / 3;
  if (positions.length !== colours.length || !Number.isInteger(count)) {
    throw new DioramaError(
      'INTERNAL',
      `Expected as many colours as positions, in threes, but received ${colours.length} and ${positions.length}`,
    );
  }
  const header = [
    'ply',
    'format binary_little_endian 1.0',
    'comment Diorama: y up, camera at the origin looking along -z',
    `element vertex ${count}`,
    ...['x', 'y', 'z'].map((name) => `property float ${name}`),
    ...['red', 'green', 'blue'].map((name) => `property uchar ${name}`),
    'end_header\n',
  ].join('\n');
  const file = new Uint8Array(header.length + count * POINT_BYTES);
  for (let i = 0; i < header.length; i++) file[i] = header.charCodeAt(i);
  const view = new DataView(file.buffer);
  for (let i = 0, at = header.length; i < positions.length; i += 3, at += POINT_BYTES) {
    for (let axis = 0; axis < 3; axis++) {
      view.setFloat32(at + axis * 4, positions[i + axis] as number, true); // in range, as are the colours
      file[at + 12 + axis] = colours[i + axis] as number;
    }
  }
  return file;
}
