import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Libheif, LibheifFactory, LibheifPlane } from './libheif.ts';
import { layOutTiff } from './tiff-file.ts';

/** What the worker is given. */
export interface HeicRequest {
  readonly bytes: Uint8Array;
  /** The size that passed the limits, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly icc?: Uint8Array;
}

/** What it answers: a TIFF of the upright picture in its own colours, or the native text of a failure. */
export type HeicReply =
  | { readonly isDecoded: true; readonly tiff: Uint8Array<ArrayBuffer> }
  | { readonly isDecoded: false; readonly reason: string };

async function loadLibheif(): Promise<Libheif> {
  const require = createRequire(import.meta.url);
  // The package is CommonJS without types for its entry; ./libheif.ts types what is used of it.
  const factory = require('libheif-js/libheif-wasm/libheif.js') as LibheifFactory;
  const wasmBinary = readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm'));
  const silence = () => {};
  return factory({ wasmBinary, print: silence, printErr: silence });
}

/** Decodes the primary picture; libheif applies crop, rotation and mirror of the file as it goes. */
async function decode(request: HeicRequest): Promise<Uint8Array<ArrayBuffer>> {
  const heif = await loadLibheif();
  const context = heif.heif_context_alloc();
  const opened = heif.heif_context_read_from_memory(context, request.bytes);
  if (opened.code !== heif.heif_error_code.heif_error_Ok) throw new Error(opened.message);
  const handle = heif.heif_js_context_get_primary_image_handle(context);
  if (!handle || handle.code !== undefined)
    throw new Error(handle?.message ?? 'no primary picture');
  const hasAlpha = heif.heif_image_handle_has_alpha_channel(handle) !== 0;
  const chroma = hasAlpha
    ? heif.heif_chroma.heif_chroma_interleaved_RGBA
    : heif.heif_chroma.heif_chroma_interleaved_RGB;
  const picture = await heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    chroma,
  );
  const plane = picture?.channels?.[0];
  if (!plane) throw new Error(picture?.message ?? 'no picture decoded');
  return toTiff(plane, request, hasAlpha ? 4 : 3);
}

function toTiff(
  plane: LibheifPlane,
  request: HeicRequest,
  channels: 3 | 4,
): Uint8Array<ArrayBuffer> {
  const { width, height, icc } = request;
  if (plane.width !== width || plane.height !== height) {
    throw new Error(`decoded ${plane.width}x${plane.height}, the header said ${width}x${height}`);
  }
  const { bytes, samplesAt } = layOutTiff({
    size: { width, height },
    channels,
    bits: 8,
    ...(icc ? { icc } : {}),
  });
  const rowBytes = width * channels;
  if (plane.stride === rowBytes) {
    bytes.set(plane.data.subarray(0, rowBytes * height), samplesAt);
    return bytes;
  }
  for (let row = 0; row < height; row += 1) {
    const from = row * plane.stride;
    bytes.set(plane.data.subarray(from, from + rowBytes), samplesAt + row * rowBytes);
  }
  return bytes;
}

function answer(reply: HeicReply): void {
  parentPort?.postMessage(reply, reply.isDecoded ? [reply.tiff.buffer] : []);
}

try {
  // Given by heic.ts alone, which types it.
  answer({ isDecoded: true, tiff: await decode(workerData as HeicRequest) });
} catch (error) {
  answer({ isDecoded: false, reason: error instanceof Error ? error.message : String(error) });
}
