import { type LayersDocument, layersDocumentSchema } from '@diorama/contract';
import { type ByteRaster, DioramaError, type Size, type WordRaster } from '@diorama/core';
import { splitPrediction } from '@diorama/engine/steps';
import { makeZip } from 'client-zip';
import { breath } from '../../worker/breath.ts';
import { chunksOf } from './encode-png.ts';
import type { FileSink } from './file-sink.ts';
import { makeFullLayers } from './full-layers.ts';
import type { MakeContext } from './make-context.ts';
import { pngOf } from './write-picture.ts';

type FileEntry = LayersDocument['files'][string];

/**
 * Writes all layers as they are before any effect, `layers.json` that says how to read them, and the recipe. Nothing is
 * packed twice: PNG files are small already.
 * @throws DioramaError `PROVIDER_UNAVAILABLE` where the browser computes no SHA-256
 */
export async function writeLayersZip(sink: FileSink, context: MakeContext) {
  if (!crypto.subtle) {
    throw new DioramaError(
      'PROVIDER_UNAVAILABLE',
      'Sums of files need a page over https or from localhost.',
    );
  }
  const startedAt = performance.now();
  const rasters = await makeRasters(context);
  const refinedAt = performance.now();
  context.onStep('write');
  const files: Record<string, FileEntry> = {};
  const count = rasters.length;
  let size: Size = { width: 0, height: 0 };
  async function* entries() {
    for (let index = 0; rasters.length > 0; index++) {
      const [[name, raster] = []] = rasters.splice(0, 1);
      if (!name || !raster) break;
      size = { width: raster.width, height: raster.height };
      await breath(context.signal);
      const onProgress = (share: number) => context.onProgress((index + share) / count);
      const blob = await pngOf(raster, { signal: context.signal, onProgress });
      const path = `${name}.png`;
      files[name] = await describe(path, raster, blob);
      yield { name: path, input: blob };
    }
    const document = describeAll(context, files, size, {
      refine: refinedAt - startedAt,
      encode: performance.now() - refinedAt,
    });
    yield { name: 'layers.json', input: `${JSON.stringify(document, null, 2)}\n` };
    yield { name: 'recipe.json', input: `${JSON.stringify(context.order.recipe, null, 2)}\n` };
  }
  for await (const chunk of chunksOf(makeZip(entries()))) {
    await sink.write(chunk as Uint8Array<ArrayBuffer>); // client-zip makes its own memory
  }
  return size;
}

/** The layers in the order of the file; who takes one off the list lets go of its memory. */
async function makeRasters(
  context: MakeContext,
): Promise<(readonly [string, ByteRaster | WordRaster])[]> {
  const { matte, depth, plateDepth, subject, plate } = await makeFullLayers(context);
  return [
    ['matte', matte],
    ['depth', depth],
    ['plate-depth', plateDepth],
    ['subject', subject],
    ['plate', plate],
  ];
}

async function describe(
  path: string,
  raster: ByteRaster | WordRaster,
  blob: Blob,
): Promise<FileEntry> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return {
    path,
    mediaType: 'image/png',
    bytes: blob.size,
    sha256: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    bitDepth: raster.data instanceof Uint16Array ? 16 : 8,
    channels: raster.channels,
  };
}

function describeAll(
  { desk, order }: MakeContext,
  files: LayersDocument['files'],
  size: LayersDocument['size'],
  timings: { readonly refine: number; readonly encode: number },
): LayersDocument {
  const { matte } = order.recipe;
  const { subject, split, model, depthModel, standInFor, timingsMs } = splitPrediction(
    desk.prediction,
    {
      split: matte.split,
      ...(matte.threshold === undefined ? {} : { splitAt: matte.threshold }),
    },
  );
  return layersDocumentSchema.parse({
    version: 1,
    size,
    ...(order.depth ? { depth: order.depth } : {}),
    matte: { subjectPresent: subject.isPresent, confidence: subject.confidence },
    ...(split ? { split } : {}),
    files,
    model,
    ...(depthModel ? { depthModel } : {}),
    ...(standInFor ? { standInFor: [...standInFor] } : {}),
    ...(order.focalLength35mm === undefined ? {} : { focalLength35mm: order.focalLength35mm }),
    timingsMs: { ...timingsMs, ...timings },
  });
}
