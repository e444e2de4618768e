import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { DioramaError } from '@diorama/core';
import { announcedBytes } from '../../intake/announced-bytes.ts';
import { FieldCollector, type FieldPlan, type Fields } from './fields.ts';
import { JsonFieldReader } from './json-field-reader.ts';
import { readMultipartFields } from './multipart-fields.ts';
import { UrlencodedFieldReader } from './urlencoded-field-reader.ts';

/** A body that is read as it arrives. */
interface FieldReader {
  readonly take: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/**
 * The fields of a body that is a form of either kind or a JSON object; none of any other body, which is dropped.
 * `maxBytes` bounds its files together.
 * @throws DioramaError `REQUEST_INVALID`, `PHOTO_TOO_MANY_BYTES`, `CANCELLED` when the upload breaks off
 */
export async function readFields(
  request: { readonly headers: IncomingHttpHeaders; readonly raw: Readable },
  plan: FieldPlan,
  maxBytes: number,
): Promise<Fields> {
  const { headers, raw } = request;
  const collector = new FieldCollector(plan, maxBytes, announcedBytes(headers) ?? maxBytes);
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'multipart/form-data') await readMultipartFields(headers, raw, collector);
  else await readThrough(raw, readerOf(type, collector));
  return collector.fields();
}

function readerOf(type: string | undefined, collector: FieldCollector): FieldReader {
  if (type === 'application/json') return new JsonFieldReader(collector);
  if (type === 'application/x-www-form-urlencoded') return new UrlencodedFieldReader(collector);
  return { take: () => undefined, end: () => undefined };
}

/** Gives a reader all that a stream brings. What comes after a refusal is dropped, so that the sender reads the answer. */
function readThrough(source: Readable, reader: FieldReader): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (error?: unknown) => {
      source.off('data', take).off('end', end).off('error', fail).off('close', fail);
      source.resume();
      if (error === undefined) resolve();
      else reject(error);
    };
    const take = (chunk: Uint8Array) => {
      try {
        reader.take(chunk);
      } catch (error) {
        stop(error);
      }
    };
    const end = () => {
      try {
        reader.end();
        stop();
      } catch (error) {
        stop(error);
      }
    };
    const fail = (cause?: unknown) => {
      stop(new DioramaError('CANCELLED', 'The upload broke off.', { cause }));
    };
    source.on('data', take).on('end', end).on('error', fail).on('close', fail);
  });
}
