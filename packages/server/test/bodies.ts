import { createHash } from 'node:crypto';
import { Dicer } from '@fastify/busboy';

export interface FormPart {
  readonly name: string;
  readonly fileName?: string | undefined;
  readonly type?: string;
  readonly bytes: Uint8Array;
}

/** A multipart form as a browser would send it. */
export function formBody(parts: readonly FormPart[]) {
  const boundary = 'x-form-boundary';
  const pieces = parts.flatMap(({ name, fileName, type, bytes }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const kind = type === undefined ? '' : `\r\nContent-Type: ${type}`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}${kind}\r\n\r\n`;
    return [Buffer.from(head), bytes, Buffer.from('\r\n')];
  });
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export interface MixedPart {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** The parts of a multipart/mixed answer by file name, read by a parser that is not the server's writer. */
export async function readMixed(answer: {
  readonly headers: Record<string, unknown>;
  readonly rawPayload: Buffer;
}): Promise<Map<string, MixedPart>> {
  const boundary = /^multipart\/mixed; boundary=(.+)$/.exec(String(answer.headers['content-type']));
  const parts = new Map<string, MixedPart>();
  await new Promise<void>((resolve, reject) => {
    const parser = new Dicer({ boundary: boundary?.[1] ?? '' });
    parser.on('part', (part) => {
      const chunks: Buffer[] = [];
      let head: Record<string, string[]> = {};
      part.on('header', (header) => {
        head = header as Record<string, string[]>;
      });
      part.on('data', (chunk: Buffer) => chunks.push(chunk));
      part.on('end', () => {
        const name = /filename="([^"]+)"/.exec(head['content-disposition']?.[0] ?? '')?.[1] ?? '';
        const mediaType = head['content-type']?.[0] ?? '';
        parts.set(name, { mediaType, bytes: Buffer.concat(chunks) });
      });
    });
    parser.on('finish', resolve);
    parser.on('error', reject);
    parser.end(answer.rawPayload);
  });
  return parts;
}

export function sha256Of(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}
