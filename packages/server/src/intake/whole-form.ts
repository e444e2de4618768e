import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { DioramaError, isDioramaError } from '@diorama/core';
import {
  Busboy,
  type BusboyConfig,
  type BusboyHeaders,
  type BusboyInstance,
} from '@fastify/busboy';

/** A parser of multipart forms. @throws DioramaError `REQUEST_INVALID` for headers that announce none */
export function openFormParser(
  headers: IncomingHttpHeaders,
  config: Omit<BusboyConfig, 'headers'>,
): BusboyInstance {
  try {
    // Who calls has looked at this very header, so it is there.
    return new Busboy({ ...config, headers: headers as BusboyHeaders });
  } catch (cause) {
    throw formFault(cause);
  }
}

/**
 * Lets a parser read a form to its end. `listen` adds the listeners for its parts, and is given the function that ends
 * the reading with an error.
 * @throws DioramaError `REQUEST_INVALID` for a broken form, `CANCELLED` for one that breaks off, and what `listen` refuses
 */
export function readWholeForm(
  source: Readable,
  parser: BusboyInstance,
  listen: (refuse: (error: unknown) => void) => void,
): { readonly whole: Promise<void>; readonly stop: () => void } {
  const whole = new Promise<void>((resolve, reject) => {
    listen(reject);
    const fail = (line: string) => reject(new DioramaError('REQUEST_INVALID', line));
    parser.on('partsLimit', () => fail('The form has too many parts.'));
    parser.on('error', (cause) => reject(formFault(cause)));
    parser.on('finish', resolve);
    source.on('error', (cause) => reject(brokenOff(cause)));
    source.on('close', () => {
      if (!source.readableEnded) reject(brokenOff());
    });
  });
  source.pipe(parser);
  return {
    whole,
    stop: () => {
      source.unpipe(parser);
      // What comes after a refusal is read and dropped, so that the sender gets to read the answer.
      source.resume();
    },
  };
}

/** Why a form cannot be read. */
export function formFault(cause: unknown): DioramaError {
  // isDioramaError narrows to the class; the cast only restates it for an `unknown` that was an Error.
  if (isDioramaError(cause)) return cause as DioramaError;
  return new DioramaError('REQUEST_INVALID', 'The form is broken or cut short.', { cause });
}

function brokenOff(cause?: unknown): DioramaError {
  return new DioramaError('CANCELLED', 'The upload broke off.', { cause });
}
