import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { DioramaError, isDioramaError } from '@diorama/core';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { FieldCollector } from './fields.ts';
import { invalidBody } from './invalid-body.ts';

/** Bounds of the parser itself; the collector bounds what the fields hold. */
const LIMITS = { parts: 64, fieldNameSize: 100, headerPairs: 20 };

/**
 * Reads a multipart form into a collector as it arrives. Every part comes as a stream, so that none is held as text.
 * @throws DioramaError `REQUEST_INVALID` for a broken form, `CANCELLED`, and what the collector throws
 */
export async function readMultipartFields(
  headers: IncomingHttpHeaders,
  source: Readable,
  collector: FieldCollector,
): Promise<void> {
  const parser = openParser(headers);
  const whole = new Promise<void>((resolve, reject) => {
    parser.on('file', (name, file) => {
      file.on('error', (cause) => reject(formFault(cause)));
      try {
        const sink = collector.open(name);
        file.on('data', (chunk: Uint8Array) => guard(() => sink.take(chunk)));
        file.on('end', () => guard(() => sink.end()));
      } catch (error) {
        file.resume();
        reject(error);
      }
      function guard(work: () => void): void {
        try {
          work();
        } catch (error) {
          file.removeAllListeners('data').removeAllListeners('end').resume();
          reject(error);
        }
      }
    });
    parser.on('partsLimit', () => reject(invalidBody('The form has too many parts.')));
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
    source.resume();
  }
}

function openParser(headers: IncomingHttpHeaders): BusboyInstance {
  try {
    return new Busboy({
      // readFields looked at this very header, so it is there.
      headers: headers as BusboyHeaders,
      limits: LIMITS,
      isPartAFile: () => true,
    });
  } catch (cause) {
    throw formFault(cause);
  }
}

function formFault(cause: unknown): DioramaError {
  // isDioramaError narrows to the class; the cast only restates it for an `unknown` that was an Error.
  if (isDioramaError(cause)) return cause as DioramaError;
  return invalidBody('The form is broken or cut short.', cause);
}

function brokenOff(cause?: unknown): DioramaError {
  return new DioramaError('CANCELLED', 'The upload broke off.', { cause });
}
