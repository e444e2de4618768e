import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { posix } from 'node:path';
import { z } from 'zod';
import { type ArchiveEntry, visitArchive } from './archive-entries.ts';
import type { PackageSource } from './package-metadata.ts';
import { writeAt } from './part-file.ts';
import { corrupt } from './pull-trouble.ts';

const MOST_INDEX_BYTES = 4 << 20;
const MOST_CHUNKS = 10_000;

const indexEntrySchema = z.object({
  size: z.int().positive(),
  chunks: z
    .array(
      z.object({
        hash: z.string().regex(/^[0-9a-f]{64}$/),
        /** First byte, and the one after the last. */
        offsets: z.tuple([z.int().nonnegative(), z.int().positive()]),
      }),
    )
    .min(1)
    .max(MOST_CHUNKS),
});

type IndexEntry = z.infer<typeof indexEntrySchema>;

/**
 * Puts a file together from the chunks of a package, as the package's index lists them. A chunk is called by its
 * SHA-256 and lies beside the index.
 * @throws DioramaError `MODEL_CORRUPT` when index or chunks are missing, damaged, or not those of `bytes` bytes; or
 *   the signal's reason.
 */
export async function assembleChunks(
  archivePath: string,
  source: PackageSource,
  job: {
    readonly to: string;
    readonly bytes: number | undefined;
    readonly signal: AbortSignal;
    readonly onBytes: (written: number, total: number) => void;
    /** Called when it is known how large the file will be. */
    readonly demandRoom: (bytes: number) => Promise<void>;
  },
): Promise<void> {
  const { signal, bytes } = job;
  const index = await readIndex(archivePath, source, signal);
  if (bytes !== undefined && index.size !== bytes) {
    throw corrupt(
      `The package has a model of ${index.size} bytes and not the ${bytes} of the card`,
    );
  }
  await job.demandRoom(index.size);
  const missing = placesOf(index);
  const folder = posix.dirname(source.index);
  let written = 0;
  const file = await open(job.to, 'w');
  try {
    await visitArchive(archivePath, signal, async (entry) => {
      const hash = posix.basename(entry.path);
      const places = missing.get(hash);
      if (!places || entry.path !== posix.join(folder, hash)) return false;
      await copyChunk(entry, hash, places, file);
      missing.delete(hash);
      written += entry.bytes * places.length;
      job.onBytes(written, index.size);
      return missing.size === 0;
    });
    await file.sync();
  } finally {
    await file.close();
  }
  if (missing.size > 0) throw corrupt(`The package lacks ${missing.size} parts of the model`);
}

async function readIndex(
  archivePath: string,
  source: PackageSource,
  signal: AbortSignal,
): Promise<IndexEntry> {
  let text: string | undefined;
  await visitArchive(archivePath, signal, async ({ path, bytes, content }) => {
    if (path !== source.index || bytes > MOST_INDEX_BYTES) return false;
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    text = Buffer.concat(pieces).toString('utf8');
    return true;
  });
  if (text === undefined) throw corrupt(`The package has no index at ${source.index}`);
  return parseIndex(text, source.entry);
}

function parseIndex(text: string, key: string): IndexEntry {
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch (error) {
    throw corrupt('The index of the package is not JSON', error);
  }
  const entries = z.record(z.string(), z.unknown()).safeParse(index);
  if (!entries.success || !Object.hasOwn(entries.data, key)) {
    throw corrupt(`The index of the package has no ${key}`);
  }
  const entry = indexEntrySchema.safeParse(entries.data[key]);
  if (!entry.success) throw corrupt(`The index of the package is damaged at ${key}`, entry.error);
  return entry.data;
}

interface Place {
  readonly start: number;
  readonly bytes: number;
}

/** Where each chunk goes, which may be several places; together they must cover the file once. */
function placesOf({ size, chunks }: IndexEntry): Map<string, readonly Place[]> {
  const places = new Map<string, readonly Place[]>();
  let end = 0;
  for (const { hash, offsets } of [...chunks].sort((a, b) => a.offsets[0] - b.offsets[0])) {
    const [start, next] = offsets;
    if (start !== end || next <= start) throw unevenIndex();
    places.set(hash, [...(places.get(hash) ?? []), { start, bytes: next - start }]);
    end = next;
  }
  if (end !== size) throw unevenIndex();
  return places;
}

function unevenIndex() {
  return corrupt('The index of the package leaves gaps in the model, or says parts of it twice');
}

async function copyChunk(
  { bytes, content }: ArchiveEntry,
  name: string,
  places: readonly Place[],
  file: FileHandle,
): Promise<void> {
  if (places.some((place) => place.bytes !== bytes)) {
    throw corrupt('A part of the model in the package has another size than its index says');
  }
  const hash = createHash('sha256');
  let done = 0;
  for await (const piece of content) {
    hash.update(piece);
    for (const { start } of places) await writeAt(file, piece, start + done);
    done += piece.byteLength;
  }
  if (done === bytes && hash.digest('hex') === name) return;
  throw corrupt('A part of the model in the package is damaged: it does not have its SHA-256');
}
