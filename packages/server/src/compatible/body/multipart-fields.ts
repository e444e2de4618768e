import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { formFault, openFormParser, readWholeForm } from '../../intake/whole-form.ts';
import type { FieldCollector } from './fields.ts';

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
  const parser = openFormParser(headers, { limits: LIMITS, isPartAFile: () => true });
  const { whole, stop } = readWholeForm(source, parser, (reject) => {
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
  });
  try {
    await whole;
  } finally {
    stop();
  }
}
