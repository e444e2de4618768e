import type { ByteRaster } from '@diorama/core';
import {
  DEFAULT_FOV_RADIANS,
  depthMesh,
  type GlbMesh,
  type LayeredScene,
  pointCloud,
  type SceneLayer,
  spreadColours,
  writeGlb,
  writePly,
} from '@diorama/core/scene';
import { breath } from '../../worker/breath.ts';
import { bytesOf, encodeByCanvas } from './encode-canvas.ts';
import type { FileSink } from './file-sink.ts';
import { makeFullScene } from './full-layers.ts';
import type { MakeContext } from './make-context.ts';
import { pngOf } from './write-picture.ts';

const PLATE_QUALITY = 92;

/** Writes plate and subject as two surfaces, each with its picture; what floats before or between them, too. */
export async function writeMesh(sink: FileSink, context: MakeContext) {
  const scene = await makeFullScene(context, { isClean: true });
  context.onStep('write');
  await breath(context.signal);
  const { farthest } = context.order;
  const layers = namedLayers(scene);
  const meshes: GlbMesh[] = [];
  for (const [index, [name, layer]] of layers.entries()) {
    const { positions, uvs, indices } = depthMesh(layer, {
      columns: context.order.choice.columns,
      farthest,
    });
    if (indices.length > 0) {
      const isOpaque = name === 'plate';
      const texture = await textureOf(layer.colour, isOpaque, context);
      meshes.push({ name, positions, uvs, indices, texture, alpha: isOpaque ? 'opaque' : 'blend' });
    }
    context.onProgress((index + 1) / layers.length);
    await breath(context.signal);
  }
  const { width, height } = scene.plate.colour;
  const camera = {
    fovRadians: DEFAULT_FOV_RADIANS,
    aspectRatio: width / height,
    farMetres: 2 * farthest,
  };
  await sink.write(writeGlb({ meshes, camera }));
  return { width, height };
}

/** Writes the scene as points in their own colours. */
export async function writePoints(sink: FileSink, context: MakeContext) {
  const scene = await makeFullScene(context, { isClean: true });
  context.onStep('write');
  await breath(context.signal);
  const layers = namedLayers(scene).map(([, layer]) => layer);
  const { choice, farthest } = context.order;
  await sink.write(writePly(pointCloud(layers, { columns: choice.columns, farthest })));
  const { width, height } = scene.plate.colour;
  return { width, height };
}

function namedLayers(scene: LayeredScene): (readonly [string, SceneLayer])[] {
  const { plate, between, subject, front } = scene;
  const all = { plate, between, subject, front };
  return Object.entries(all).flatMap(([name, layer]) => (layer ? [[name, layer] as const] : []));
}

async function textureOf(
  colour: ByteRaster,
  isOpaque: boolean,
  context: MakeContext,
): Promise<GlbMesh['texture']> {
  if (isOpaque) {
    const options = { quality: PLATE_QUALITY, isLossless: false };
    const blob = await encodeByCanvas(colour, 'jpeg', options);
    return { bytes: await bytesOf(blob), mimeType: 'image/jpeg' };
  }
  // Whoever draws it mixes the colours of clear pixels in.
  const spread = { ...colour, data: colour.data.slice() };
  spreadColours(spread);
  const blob = await pngOf(spread, { signal: context.signal, onProgress: () => undefined });
  return { bytes: await bytesOf(blob), mimeType: 'image/png' };
}
