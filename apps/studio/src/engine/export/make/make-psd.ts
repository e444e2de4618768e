import { type ByteRaster, DioramaError } from '@diorama/core';
import { flattenScene, spreadColours } from '@diorama/core/scene';
import type { Layer } from 'ag-psd';
import { breath } from '../../worker/breath.ts';
import type { LayerRasters } from '../../worker/tasks/layers.ts';
import { MOST_PSD_PIXELS } from '../size-limits.ts';
import type { FileSink } from './file-sink.ts';
import { applyFullEffects, hasEffects, makeFullLayers } from './full-layers.ts';
import type { MakeContext } from './make-context.ts';
import {
  alphaPixels,
  colourPixels,
  greyPixels,
  type PixelSource,
  PsdPixels,
} from './psd-pixels.ts';

/**
 * Writes the layers for editors: the subject over the plate with the matte as its layer mask, hidden beside them the
 * planes (8 bits, as PSD mixes no others in) and the photo.
 * @throws DioramaError `PHOTO_TOO_MANY_PIXELS`
 */
export async function writeLayersPsd(sink: FileSink, context: MakeContext) {
  const layers = await makeFullLayers(context);
  const { width, height } = layers.matte;
  if (width * height > MOST_PSD_PIXELS) {
    throw new DioramaError(
      'PHOTO_TOO_MANY_PIXELS',
      'A PSD can have 32 megapixels at most in a browser. Choose a smaller size.',
    );
  }
  const pixels = new PsdPixels({ width, height });
  const { stage, composite } = await stageOf(layers, pixels, context);
  context.onStep('write');
  await breath(context.signal);
  const { writePsdUint8Array } = await import('ag-psd');
  const file = writePsdUint8Array(
    {
      width,
      height,
      imageData: pixels.of(colourPixels(composite)),
      // From the bottom to the top.
      children: [
        layerOf('Photo', pixels.of(colourPixels(layers.photo.colour)), { hidden: true }),
        {
          name: 'Planes',
          hidden: true,
          opened: false,
          children: [
            layerOf('Plate depth', pixels.of(greyPixels(layers.plateDepth))),
            layerOf('Depth', pixels.of(greyPixels(layers.depth))),
            layerOf('Matte', pixels.of(greyPixels(layers.matte))),
          ],
        },
        { name: 'Layers', opened: true, children: [...stage] },
      ],
    },
    { generateThumbnail: false, noBackground: true },
  );
  context.onProgress(1);
  await sink.write(file as Uint8Array<ArrayBuffer>); // ag-psd makes its own memory
  return { width, height };
}

async function stageOf(
  layers: LayerRasters,
  pixels: PsdPixels,
  context: MakeContext,
): Promise<{ readonly stage: readonly Layer[]; readonly composite: ByteRaster }> {
  if (!hasEffects(context)) {
    // Outside its mask the subject has the photo's colours, so that an editor can bring more of it back.
    const subject = filledFrom(layers.subject, layers.photo.colour);
    return {
      stage: [
        layerOf('Plate', pixels.of(colourPixels(layers.plate))),
        masked('Subject', subject, layers.matte, pixels),
      ],
      composite: layers.photo.colour,
    };
  }
  const scene = await applyFullEffects(layers, context);
  const stage = [layerOf('Plate', pixels.of(colourPixels(scene.plate.colour)))];
  if (scene.between) stage.push(layerOf('Between', pixels.of(colourPixels(scene.between.colour))));
  const subject = { ...scene.subject.colour, data: scene.subject.colour.data.slice() };
  spreadColours(subject);
  stage.push(masked('Subject', subject, scene.subject.colour, pixels));
  if (scene.front) stage.push(layerOf('Front', pixels.of(colourPixels(scene.front.colour))));
  return { stage, composite: flattenScene(scene) };
}

function layerOf(name: string, imageData: PixelSource, more: Partial<Layer> = {}): Layer {
  return { name, imageData, ...more };
}

/** A layer that shows where the last channel of `alpha` is. */
function masked(name: string, colour: ByteRaster, alpha: ByteRaster, pixels: PsdPixels): Layer {
  const { width, height } = colour;
  const imageData = pixels.of(alphaPixels(alpha));
  return layerOf(name, pixels.of(colourPixels({ ...colour, isOpaque: true })), {
    mask: { top: 0, left: 0, right: width, bottom: height, defaultColor: 0, imageData },
  });
}

/** A subject's colours, and those of the photo where it is clear. */
function filledFrom(subject: ByteRaster, photo: ByteRaster): ByteRaster {
  const out = { ...subject, data: subject.data.slice() };
  for (let to = 0, from = 0; to < out.data.length; to += 4, from += 3) {
    if (out.data[to + 3] !== 0) continue;
    out.data[to] = photo.data[from] as number; // one grid
    out.data[to + 1] = photo.data[from + 1] as number;
    out.data[to + 2] = photo.data[from + 2] as number;
  }
  return out;
}
