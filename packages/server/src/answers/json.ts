import type { LayersAnswer } from '@diorama/engine';
import { layerFiles, type PiecewiseBody } from './layer-files.ts';

/** A multiple of three, so that the pieces' base64 joins without padding in between. */
const PIECE_BYTES = 3 * 256 * 1024;

/** layers.json with each file's bytes as base64 in `data`, encoded as it is sent. */
export function jsonBody(answer: LayersAnswer): PiecewiseBody {
  const { files, ...rest } = answer.document;
  const pictures = layerFiles(answer).map(({ layer, bytes }, index) => {
    const before = index === 0 ? '' : ',';
    const described = JSON.stringify(files[layer]).slice(0, -1);
    return { head: Buffer.from(`${before}${JSON.stringify(layer)}:${described},"data":"`), bytes };
  });
  const head = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"files":{`);
  const contentLength = pictures.reduce(
    (sum, { head, bytes }) => sum + head.length + 4 * Math.ceil(bytes.length / 3) + 2,
    head.length + 2,
  );
  function* pieces(): Generator<Uint8Array> {
    yield head;
    for (const picture of pictures) {
      yield picture.head;
      for (let from = 0; from < picture.bytes.length; from += PIECE_BYTES) {
        const piece = picture.bytes.subarray(from, from + PIECE_BYTES);
        yield Buffer.from(asBuffer(piece).toString('base64'), 'ascii');
      }
      yield Buffer.from('"}');
    }
    yield Buffer.from('}}');
  }
  return { contentType: 'application/json', contentLength, pieces: pieces() };
}

/** The same memory as a Buffer. */
export function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
