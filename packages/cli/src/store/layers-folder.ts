import { renameSync, rmSync } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type LayersDocument, layersDocumentSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { syncFolder, systemCodeOf } from '@diorama/runtime';
import { outputError } from '../input/file-error.ts';
import { writeDurably } from './durable-file.ts';
import { LAYERS_FILE } from './layer-files.ts';
import { isReplaceable } from './output-folder.ts';
import { asideName, partName } from './part-names.ts';

/** The layers of one photo, as they are written. */
export interface LayersToWrite {
  readonly document: LayersDocument;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Writes the layers of a photo as `folder/name`, all or nothing: they are written beside it and renamed into place,
 * and whenever the process dies, there is the older folder or the newer one. (No call of the system swaps two folders
 * portably: between two renames the older one lies aside for some microseconds, and the next run puts it back.)
 * @throws DioramaError `OUTPUT_UNWRITABLE`, also where `folder/name` holds something that is not Diorama's;
 *   `CANCELLED` or what the signal says.
 */
export async function writeLayersFolder(
  folder: string,
  name: string,
  layers: LayersToWrite,
  signal: AbortSignal,
): Promise<void> {
  const place = join(folder, name);
  const part = join(folder, partName(name));
  try {
    await refuseToReplaceOthers(folder, name);
    await rm(part, { recursive: true, force: true });
    await mkdir(part);
    const text = new TextEncoder().encode(`${JSON.stringify(layers.document, null, 2)}\n`);
    const files = [...layers.files, [LAYERS_FILE, text] as const];
    const writings = files.map(([file, bytes]) => writeDurably(join(part, basename(file)), bytes));
    // All must have ended before the part may be taken away.
    const failed = (await Promise.allSettled(writings)).find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    await syncFolder(part);
    signal.throwIfAborted();
    putInPlace(part, place, join(folder, asideName(name)));
    await syncFolder(folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined); // the failure before counts
    throw outputError(error, name);
  }
}

/** Two renames without anything between them, since what lies between them is the one gap. */
function putInPlace(part: string, place: string, aside: string): void {
  let isAside = false;
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(part, place);
      break;
    } catch (error) {
      const isTaken = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCodeOf(error) ?? '');
      // Another run may put a folder there too; it settles after some tries.
      if (!isTaken || attempt > 5) {
        if (isAside) renameSync(aside, place);
        throw error;
      }
    }
    rmSync(aside, { recursive: true, force: true });
    renameSync(place, aside);
    isAside = true;
  }
  if (isAside) rmSync(aside, { recursive: true, force: true });
}

/**
 * A folder of this name may be a person's own, with photos in it.
 * @throws DioramaError `OUTPUT_UNWRITABLE`
 */
export async function refuseToReplaceOthers(folder: string, name: string): Promise<void> {
  try {
    if (await isReplaceable(join(folder, name))) return;
  } catch (error) {
    throw outputError(error, name);
  }
  throw new DioramaError(
    'OUTPUT_UNWRITABLE',
    `${name} exists in the output folder and is not Diorama's; choose another output folder`,
  );
}

/** More than any layers.json has. */
const DOCUMENT_LIMIT_BYTES = 1_000_000;

/**
 * layers.json of a photo that an earlier run finished for the same request, or undefined: when there is none, when
 * it was another request, or when one of its files is missing or has not its size.
 */
export async function readFinished(
  place: string,
  requestKey: string,
): Promise<LayersDocument | undefined> {
  try {
    const document = await readDocument(join(place, LAYERS_FILE));
    if (document?.requestKey !== requestKey) return undefined;
    for (const { path, bytes } of Object.values(document.files)) {
      if (path !== basename(path)) return undefined;
      const stats = await stat(join(place, path));
      if (!stats.isFile() || stats.size !== bytes) return undefined;
    }
    return document;
  } catch (error) {
    // Whatever cannot be read is not finished; writing it anew says what is wrong with it.
    if (systemCodeOf(error)) return undefined;
    throw error;
  }
}

async function readDocument(path: string): Promise<LayersDocument | undefined> {
  const file = await open(path, 'r');
  try {
    if ((await file.stat()).size > DOCUMENT_LIMIT_BYTES) return undefined;
    const parsed = layersDocumentSchema.safeParse(JSON.parse(await file.readFile('utf8')));
    return parsed.data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}
