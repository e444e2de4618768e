import { isDioramaError } from '@diorama/core';
import { frameDeskOf } from '../worker/frame-desk.ts';
import { PhotoDesk } from '../worker/photo-desk.ts';
import type { DeskCopy, FromExportWorker, ToExportWorker } from './export-messages.ts';
import { formatOf, mediaTypeOf } from './file-format.ts';
import { BlobSink, DiskSink, type FileSink } from './make/file-sink.ts';
import { makeFile } from './make/make-file.ts';

/** What a dedicated worker's global object is, of which the types of a page know nothing. */
const port = self as unknown as {
  postMessage(message: FromExportWorker): void;
  onmessage: (event: MessageEvent<ToExportWorker>) => void;
};

port.onmessage = async ({ data }) => {
  try {
    port.postMessage({ kind: 'done', file: await make(data) });
  } catch (error) {
    port.postMessage({ kind: 'refusal', ...refusalOf(error) });
  }
};

async function make({ order, desk, handle }: ToExportWorker) {
  const stream = await handle?.createWritable();
  const sink: FileSink = stream ? new DiskSink(stream) : new BlobSink();
  try {
    const { width, height } = await makeFile(sink, {
      order,
      desk: deskOf(desk),
      // Whoever gives up ends the worker.
      signal: new AbortController().signal,
      onStep: (step) => port.postMessage({ kind: 'step', step }),
      onProgress: progressOf(),
    });
    const blob = await sink.end(mediaTypeOf(formatOf(order.choice)));
    return { blob, bytes: sink.bytes, size: { width, height } };
  } catch (error) {
    await stream?.abort().catch(() => undefined);
    throw error;
  }
}

function deskOf({ file, size, picture, prediction, pictures }: DeskCopy): PhotoDesk {
  const desk = new PhotoDesk();
  desk.file = file;
  desk.size = size;
  desk.picture = picture;
  desk.prediction = prediction;
  for (const [name, raster] of pictures) frameDeskOf(desk).pictures.set(name, raster);
  return desk;
}

/** A bar moves by hundredths; more messages would tell nobody more. */
function progressOf() {
  let told = -1;
  return (share: number) => {
    const hundredths = Math.floor(share * 100);
    if (hundredths === told) return;
    told = hundredths;
    port.postMessage({ kind: 'progress', share });
  };
}

function refusalOf(error: unknown): { readonly code: string; readonly message: string } {
  if (isDioramaError(error)) return { code: error.code, message: error.message };
  // What a browser throws when an allocation fails.
  if (error instanceof RangeError) {
    return {
      code: 'PHOTO_TOO_MANY_PIXELS',
      message: 'The file is too large for this browser. Choose a smaller size.',
    };
  }
  if (error instanceof DOMException) {
    return { code: 'OUTPUT_UNWRITABLE', message: diskFault(error.name) };
  }
  reportError(error);
  return { code: 'INTERNAL', message: 'Something went wrong while the file was made.' };
}

function diskFault(name: string): string {
  if (name === 'QuotaExceededError') return 'The disk is full.';
  if (name === 'NotAllowedError') return 'This page may not write there.';
  return 'The file could not be written there.';
}
