import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { DioramaError, isDioramaError } from '@diorama/core';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { collectBytes, tooManyBytes } from './bytes.ts';

/** What a form adds around the photo: boundaries and part headers. Generous, since it is bounded anyway. */
export const FORM_OVERHEAD_BYTES = 64 * 1024;

/**
 * The file in the field `image` of a multipart form. Its file name and type are neither trusted nor kept.
 * @throws DioramaError `REQUEST_INVALID` for any other form, `PHOTO_TOO_MANY_BYTES`, `CANCELLED`
 */
export async function readImageField(
  headers: IncomingHttpHeaders,
  source: Readable,
  maxBytes: number,
): Promise<Uint8Array> {
  const parser = formParser(headers, maxBytes);
  let image: Promise<Uint8Array> | undefined;
  const whole = new Promise<void>((resolve, reject) => {
    const refuse = (line: string) => reject(new DioramaError('REQUEST_INVALID', line));
    parser.on('file', (field, file) => {
      if (field !== 'image' || image !== undefined) {
        file.resume();
        refuse('The form must hold one photo, in the file field "image".');
        return;
      }
      file.once('limit', () => reject(tooManyBytes(maxBytes)));
      image = collectBytes(file, maxBytes);
      image.catch(reject);
    });
    parser.on('field', () =>
      refuse('Options belong in the query of the address, not in the form.'),
    );
    parser.on('partsLimit', () => refuse('The form has too many parts.'));
    parser.on('error', (cause) => reject(formFault(cause)));
    parser.on('finish', resolve);
    source.on('error', (cause) => reject(brokenOff(cause)));
    source.on('close', () => {
      if (!source.readableEnded) reject(brokenOff());
    });
  });
  source.pipe(parser);
  try {
    await whole;
  } finally {
    source.unpipe(parser);
    // What comes after a refusal is read and dropped, so that the sender gets to read the answer.
    source.resume();
  }
  if (image === undefined)
    throw new DioramaError('REQUEST_INVALID', 'The form has no field "image".');
  return image;
}

function formParser(headers: IncomingHttpHeaders, maxBytes: number): BusboyInstance {
  try {
    return new Busboy({
      // The router brought us here by this very header, so it is there.
      headers: headers as BusboyHeaders,
      limits: {
        fileSize: maxBytes,
        parts: 8,
        fieldSize: 1024,
        fieldNameSize: 100,
        headerPairs: 20,
      },
      // A photo sent without a file name is a photo all the same.
      isPartAFile: (field, type, fileName) =>
        field === 'image' || fileName !== undefined || type === 'application/octet-stream',
    });
  } catch (cause) {
    throw formFault(cause);
  }
}

function formFault(cause: unknown): DioramaError {
  // isDioramaError narrows to the class; the cast only restates it for an `unknown` that was an Error.
  if (isDioramaError(cause)) return cause as DioramaError;
  return new DioramaError('REQUEST_INVALID', 'The form is broken or cut short.', { cause });
}

function brokenOff(cause?: unknown): DioramaError {
  return new DioramaError('CANCELLED', 'The upload broke off.', { cause });
}
