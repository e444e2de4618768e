import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { DioramaError } from '@diorama/core';
import type { BusboyInstance } from '@fastify/busboy';
import { untilAborted } from '../deadline.ts';
import { announcedBytes } from './announced-bytes.ts';
import { type CollectOptions, collectBytes, tooManyBytes } from './bytes.ts';
import { openFormParser, readWholeForm } from './whole-form.ts';

/** What a form adds around the photo: boundaries and part headers. Generous, since it is bounded anyway. */
export const FORM_OVERHEAD_BYTES = 64 * 1024;

/** A background is no more than this share of what a form may bring: the photo is what counts. */
const BACKGROUND_SHARE = 0.5;

/** What a form brought, as bytes that own their memory. */
export interface PhotoForm {
  readonly image: Uint8Array;
  /** Lies behind the subject. */
  readonly background?: Uint8Array;
}

export interface PhotoFormOptions {
  /** Of all files together; a background may have half of it. */
  readonly maxBytes: number;
  /** Whether the file field `background` may be there. */
  readonly mayHaveBackground: boolean;
  /** Ends the reading with its reason. */
  readonly signal: AbortSignal;
}

type Field = keyof PhotoForm;

/**
 * The file in the field `image` of a multipart form, and the one in `background` where it may be. File names and types
 * are neither trusted nor kept.
 * @throws DioramaError `REQUEST_INVALID` for any other form, `PHOTO_TOO_MANY_BYTES`, `CANCELLED`, the signal's reason
 */
export async function readPhotoForm(
  headers: IncomingHttpHeaders,
  source: Readable,
  options: PhotoFormOptions,
): Promise<PhotoForm> {
  const { maxBytes, mayHaveBackground, signal } = options;
  const expectedBytes = announcedBytes(headers);
  const parser = formParser(headers, maxBytes);
  const files = new Map<string, Promise<Uint8Array>>();
  let heldBytes = 0;
  const { whole, stop } = readWholeForm(source, parser, (reject) => {
    const refuse = (line: string) => reject(new DioramaError('REQUEST_INVALID', line));
    parser.on('file', (field, file) => {
      const isKnown = field === 'image' || (field === 'background' && mayHaveBackground);
      if (!isKnown || files.has(field)) {
        file.resume();
        refuse(fieldsInWords(mayHaveBackground));
        return;
      }
      file.on('data', (chunk: Uint8Array) => {
        heldBytes += chunk.length;
        if (heldBytes > maxBytes) reject(tooManyBytes(maxBytes));
      });
      file.once('limit', () => reject(tooManyBytes(maxBytes)));
      const collected = collectFile(field, file, { maxBytes, expectedBytes, signal });
      collected.catch(reject);
      files.set(field, collected);
    });
    parser.on('field', () =>
      refuse('Options belong in the query of the address, not in the form.'),
    );
  });
  try {
    await untilAborted(whole, signal);
  } finally {
    stop();
  }
  const [image, background] = await Promise.all([files.get('image'), files.get('background')]);
  if (image === undefined)
    throw new DioramaError('REQUEST_INVALID', 'The form has no field "image".');
  return { image, ...(background === undefined ? {} : { background }) };
}

function collectFile(
  field: Field,
  file: Readable,
  options: Pick<PhotoFormOptions, 'maxBytes' | 'signal'> & Pick<CollectOptions, 'expectedBytes'>,
): Promise<Uint8Array> {
  const { maxBytes, ...others } = options;
  if (field === 'image') return collectBytes(file, maxBytes, others);
  const most = Math.floor(maxBytes * BACKGROUND_SHARE);
  return collectBytes(file, most, { ...others, what: 'background picture' });
}

function fieldsInWords(mayHaveBackground: boolean): string {
  const photo = 'The form must hold one photo, in the file field "image"';
  return mayHaveBackground ? `${photo}, and at most one "background".` : `${photo}.`;
}

function formParser(headers: IncomingHttpHeaders, maxBytes: number): BusboyInstance {
  return openFormParser(headers, {
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
}
