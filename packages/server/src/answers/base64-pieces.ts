import { asBuffer } from './as-buffer.ts';

/** Bytes that are written as base64 at once; a multiple of three, so that the pieces join without padding. */
const PIECE_BYTES = 3 * 16 * 1024;

/**
 * Bytes in pieces as their base64 (RFC 4648, section 4), in pieces that a thread is not held up by. They are texts, since
 * as many buffers would have to be cleared away by collections that do hold it up.
 */
export async function* base64Pieces(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const bytes of source) {
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      const piece = asBuffer(bytes.subarray(from, from + PIECE_BYTES));
      const joined = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const whole = joined.length - (joined.length % 3);
      if (whole > 0) yield joined.toString('base64', 0, whole);
      rest = Buffer.from(joined.subarray(whole));
    }
  }
  if (rest.length > 0) yield rest.toString('base64');
}

/** How many bytes the base64 of so many bytes has. */
export function base64Length(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}
