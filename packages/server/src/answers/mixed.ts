import { randomUUID } from 'node:crypto';
import type { PiecewiseBody } from './layer-files.ts';

export interface MixedPart {
  /** ASCII, without quotes. */
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A `multipart/mixed` body (RFC 2046, section 5.1) with one part for each file. */
export function mixedBody(parts: readonly MixedPart[]): PiecewiseBody {
  const boundary = `diorama-${randomUUID()}`;
  const pieces: Uint8Array[] = [];
  for (const { path, mediaType, bytes } of parts) {
    const head = [
      `--${boundary}`,
      `Content-Type: ${mediaType}`,
      `Content-Disposition: attachment; filename="${path}"`,
      `Content-Length: ${bytes.length}`,
    ];
    pieces.push(Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'ascii'), bytes, Buffer.from('\r\n'));
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`, 'ascii'));
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    contentLength: pieces.reduce((sum, { length }) => sum + length, 0),
    pieces,
  };
}
