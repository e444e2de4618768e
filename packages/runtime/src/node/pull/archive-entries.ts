import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { corrupt } from './pull-trouble.ts';

/** More than any package that holds a model has, and few enough to be looked at. */
const MOST_ENTRIES = 100_000;
const MOST_INFLATED_BYTES = 16 * 2 ** 30;

/** One file of an archive. */
export interface ArchiveEntry {
  /** As written in the archive, less its first folder, which every package names as it likes. To compare, not to open. */
  readonly path: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Shows the files of a package archive in turn, each only until the next. `visit` answers true when it has seen enough.
 * @throws DioramaError `MODEL_CORRUPT` when it is no archive, or one without bounds; whatever `visit` throws; or the
 *   signal's reason.
 */
export async function visitArchive(
  archivePath: string,
  signal: AbortSignal,
  visit: (entry: ArchiveEntry) => Promise<boolean>,
): Promise<void> {
  const reader = extract();
  let isEnough = false;
  const reading = pipeline(
    createReadStream(archivePath, { highWaterMark: 1 << 18 }),
    createGunzip({ chunkSize: 1 << 18 }),
    bounded,
    reader,
    { signal },
  );
  // Told below, by the loop that it ends.
  reading.catch(() => undefined);
  try {
    let entries = 0;
    for await (const entry of reader) {
      entries += 1;
      if (entries > MOST_ENTRIES) throw corrupt('The package holds too many files');
      const { name, type, size } = entry.header;
      if (type === 'file') {
        const path = name.slice(name.indexOf('/') + 1);
        const content = entry as AsyncIterable<Uint8Array>; // its types say unknown, its pieces are buffers
        isEnough = await visit({ path, bytes: size, content });
        if (isEnough) break;
      }
      entry.resume();
    }
    if (!isEnough) await reading;
  } catch (error) {
    signal.throwIfAborted();
    throw asCorrupt(error);
  } finally {
    reader.destroy();
    await reading.catch(() => undefined);
  }
}

async function* bounded(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.byteLength;
    if (bytes > MOST_INFLATED_BYTES)
      throw corrupt('The package unpacks to more than any model has');
    yield piece;
  }
}

/** Errors of gzip and tar say nothing to a person; those of files and our own do. */
function asCorrupt(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'DioramaError' || 'syscall' in error)
    return error;
  return corrupt('The package is not an archive that can be read', error);
}
