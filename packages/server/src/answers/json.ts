import type { LayersAnswer } from '@diorama/engine';
import { base64Length, base64Pieces } from './base64-pieces.ts';
import { layerFiles, type PiecewiseBody } from './layer-files.ts';

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
    (sum, { head, bytes }) => sum + head.length + base64Length(bytes.length) + 2,
    head.length + 2,
  );
  async function* pieces(): AsyncGenerator<Uint8Array | string> {
    yield head;
    for (const picture of pictures) {
      yield picture.head;
      yield* base64Pieces([picture.bytes]);
      yield Buffer.from('"}');
    }
    yield Buffer.from('}}');
  }
  return { contentType: 'application/json', contentLength, pieces: pieces() };
}
