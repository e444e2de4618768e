import { DioramaError } from '@diorama/core';
import type { LayeredScene } from '@diorama/core/scene';
import {
  effectSteps,
  type SceneOptions,
  sceneOfLayers,
  wantsCleanPlate,
} from '@diorama/engine/recipe';
import { breath, StepWalk } from '../../worker/breath.ts';
import { decodePhoto } from '../../worker/decode-photo.ts';
import { frameDeskOf } from '../../worker/frame-desk.ts';
import { type CutOut, cutOutOf } from '../../worker/matte-desk.ts';
import type { PhotoRaster } from '../../worker/photo-desk.ts';
import { type LayerRasters, makeLayers } from '../../worker/tasks/layers.ts';
import { longSideOf } from '../size-limits.ts';
import type { MakeContext } from './make-context.ts';

/** The photo itself, decoded anew at the size of the export. */
export async function decodeFull({ desk, order, onStep }: MakeContext): Promise<PhotoRaster> {
  onStep('photo');
  if (!desk.file) throw new DioramaError('INTERNAL', 'There is no photo to export.');
  const { photo } = await decodePhoto(desk.file, longSideOf(order.choice));
  return photo;
}

/** All layers at the size of the export, of the photo itself. */
export async function makeFullLayers(context: MakeContext): Promise<LayerRasters> {
  const photo = await decodeFull(context);
  context.onStep('layers');
  await breath(context.signal);
  return makeLayers(photo, context.desk, context.order.recipe, context.signal);
}

/** Matte and subject alone, which need neither depth nor plate. */
export async function makeFullCutOut(context: MakeContext): Promise<CutOut> {
  const photo = await decodeFull(context);
  context.onStep('layers');
  await breath(context.signal);
  return cutOutOf(photo, context.desk, context.order.recipe.matte);
}

/** Whether a recipe changes more than matte and depth. */
export function hasEffects({ order }: MakeContext): boolean {
  return order.recipe.effects.some(({ isOn }) => isOn);
}

/** The scene at the size of the export, with all effects, at the start of its loop. */
export async function makeFullScene(
  context: MakeContext,
  options: SceneOptions = {},
): Promise<LayeredScene> {
  return applyFullEffects(await makeFullLayers(context), context, options);
}

/** The same from layers that are there. */
export async function applyFullEffects(
  layers: LayerRasters,
  context: MakeContext,
  { isClean = wantsCleanPlate(context.order.recipe) }: SceneOptions = {},
): Promise<LayeredScene> {
  const { desk, order, signal } = context;
  let scene = sceneOfLayers(layers, { isClean });
  const { effects, loopSeconds } = order.recipe;
  const { pictures } = frameDeskOf(desk);
  context.onStep('effects');
  const wanted = effects.filter(({ isOn }) => isOn);
  const walk = new StepWalk(signal);
  for (const [index, effect] of wanted.entries()) {
    const settings = { share: 0, loopSeconds, parts: { pictures } };
    scene = await walk.through(effectSteps(scene, effect, settings));
    context.onProgress((index + 1) / wanted.length);
  }
  return scene;
}
