import type { ByteRaster, WordRaster } from '@diorama/core';
import { isWordRaster, pngChunk, pngEnd, pngRows, pngStart } from '@diorama/core/scene';
import type { FileSink } from './file-sink.ts';
import type { MakeContext } from './make-context.ts';

/**
 * A raster as PNG, sample for sample: a canvas would multiply colours by their alpha and lose those of faint pixels, and
 * it knows no 16 bits. Rows are filtered and packed as they come; little more than the packed file is ever in memory.
 */
export async function encodePng(
  raster: ByteRaster | WordRaster,
  sink: Pick<FileSink, 'write'>,
  { signal, onProgress }: Pick<MakeContext, 'signal' | 'onProgress'>,
): Promise<void> {
  const { width, height, channels } = raster;
  const isWords = isWordRaster(raster);
  await sink.write(
    pngStart({ width, height, channels, bitDepth: isWords ? 16 : 8, isSrgb: channels > 1 }),
  );
  const packer = new CompressionStream('deflate');
  const writer = packer.writable.getWriter();
  const feed = async () => {
    for (const { bytes, share } of pngRows(raster)) {
      signal.throwIfAborted();
      await writer.write(bytes);
      onProgress(share);
    }
    await writer.close();
  };
  const feeding = feed().catch((error: unknown) => writer.abort(error));
  let data: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    if (bytes > 0) await sink.write(pngChunk('IDAT', joined(data, bytes)));
    data = [];
    bytes = 0;
  };
  for await (const part of chunksOf(packer.readable)) {
    data.push(part);
    bytes += part.byteLength;
    if (bytes >= IDAT_BYTES) await flush();
  }
  await feeding;
  signal.throwIfAborted();
  await flush();
  await sink.write(pngEnd());
}

/** Of one IDAT chunk, about. */
const IDAT_BYTES = 1_000_000;

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** A stream's chunks; not every browser can iterate streams. */
export async function* chunksOf<Chunk>(stream: ReadableStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
