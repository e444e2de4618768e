import type { BatchRequestLine } from '@diorama/contract';

/** Bytes that a line may have: eight of them are one call, and that is half of what a predictor reads by default. */
export const MAX_LINE_BYTES = 4_000_000;
/** More than everything in a line that is not its picture. */
const ENVELOPE_BYTES = 100;

/** Bytes that a picture may have so that its line has at most `maxLineBytes`: three for each four characters. */
export function roomInLine(maxLineBytes: number): number {
  return Math.floor((maxLineBytes - ENVELOPE_BYTES) / 4) * 3;
}

/** One photo as a line of JSON, with the line's end. */
export function writeRequestLine(key: string, picture: Uint8Array<ArrayBuffer>): Buffer {
  const line: BatchRequestLine = {
    key,
    image: {
      b64: Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength).toString('base64'),
    },
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}
