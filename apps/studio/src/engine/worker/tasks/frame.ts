import type { Recipe } from '@diorama/contract';
import { DioramaError, resizeArea, type Size, sizeWithin } from '@diorama/core';
import {
  flattenScene,
  type LayeredScene,
  type PartedLayer,
  type SceneLayer,
  takeApart,
} from '@diorama/core/scene';
import { effectSteps, isMoving, sceneOfLayers, wantsCleanPlate } from '@diorama/engine/recipe';
import { bitmapOf, bitmapOfPhoto } from '../bitmap-of.ts';
import { breath, StepWalk } from '../breath.ts';
import { decodePhoto } from '../decode-photo.ts';
import { type FrameDesk, frameDeskOf } from '../frame-desk.ts';
import type { PhotoDesk, PhotoRaster } from '../photo-desk.ts';
import type { AnswerOf, FrameLayer, RequestOf } from '../photo-tasks.ts';
import {
  farthestStage,
  type SceneEntry,
  type Stage,
  stageKeys,
  worthKeeping,
} from '../scene-cache.ts';
import type { TaskContext } from '../tasks.ts';
import { makeLayers } from './layers.ts';

/** From this alpha (of 255) on a pixel is a subject to be seen. */
const SEEN_ALPHA = 128;

/** The photo with all of its recipe at one moment of its loop: as one picture, or as layers. */
export async function frameTask(
  request: RequestOf<'frame'>,
  context: TaskContext,
): Promise<AnswerOf<'frame'>> {
  const { desk, transfer } = context;
  const hasEffects = request.recipe.effects.some(({ isOn }) => isOn);
  if (request.want === 'picture' && !hasEffects) {
    // What nothing was done to is the photo itself, and not what its layers make of it.
    const size = sizeWithin(desk.size ?? desk.work.colour, request.longSide);
    const photo = await photoOf(desk, size, frameDeskOf(desk).scenes);
    const picture = await bitmapOfPhoto(photo);
    transfer.push(picture);
    return { size: { width: photo.colour.width, height: photo.colour.height }, picture };
  }
  // Layers are asked for by whoever looks at them from the side.
  const isClean = request.want === 'layers' || wantsCleanPlate(request.recipe);
  const scene = await sceneWithEffects({ ...request, isClean }, context);
  const { width, height } = scene.plate.colour;
  const size = { width, height };
  if (request.want === 'picture') {
    const picture = await bitmapOf(flattenScene(scene));
    transfer.push(picture);
    return { size, picture };
  }
  const layer = async ({ colour, depth }: SceneLayer): Promise<FrameLayer> => {
    const bitmap = await bitmapOf(colour);
    transfer.push(bitmap);
    return { colour: bitmap, depth };
  };
  const { between, front } = scene;
  const parts = hasEffects ? undefined : partsOf(scene);
  const still = request.withStill
    ? await sceneWithEffects({ ...request, isClean: false }, context)
    : undefined;
  return {
    size,
    layers: {
      plate: await layer(parts?.far ?? scene.plate),
      ...(still ? { plateStill: await layer(still.plate) } : {}),
      ...(parts ? { plateNear: await layer(parts.near) } : {}),
      ...(between ? { between: await layer(between) } : {}),
      subject: await layer(scene.subject),
      ...(front ? { front: await layer(front) } : {}),
    },
  };
}

/**
 * A photo without a subject is shown as two layers where its depth jumps, so that nothing is stretched in between. With
 * a subject the strongest jumps are its own, and what is left is better stretched a little than filled in twice.
 */
function partsOf({ plate, subject }: LayeredScene): PartedLayer | undefined {
  const alphas = subject.colour.data;
  for (let i = 3; i < alphas.length; i += 4) if ((alphas[i] ?? 0) >= SEEN_ALPHA) return undefined;
  // The depth of all that the photo shows, with its edges: the plate's has them smooth.
  return takeApart({ colour: plate.colour, depth: subject.depth });
}

type SceneWish = Pick<RequestOf<'frame'>, 'recipe' | 'longSide' | 'share'> & {
  readonly isClean: boolean;
};

async function sceneWithEffects(
  wish: SceneWish,
  { desk, signal }: TaskContext,
): Promise<LayeredScene> {
  const beside = frameDeskOf(desk);
  const entry = await sceneFor(wish, desk, beside, signal);
  return withEffects(entry, wish, beside, signal);
}

/** The scene before its effects, made once for each matte, depth and size. */
async function sceneFor(
  { recipe, longSide, isClean }: SceneWish,
  desk: PhotoDesk,
  { scenes }: FrameDesk,
  signal: AbortSignal,
): Promise<SceneEntry> {
  const size = sizeWithin(desk.size ?? desk.work.colour, longSide);
  const key = JSON.stringify([size.width, size.height, recipe.matte, recipe.depth, isClean]);
  const known = scenes.get(key);
  if (known) return known;
  const photo = await photoOf(desk, size, scenes);
  await breath(signal);
  return scenes.put(key, sceneOfLayers(makeLayers(photo, desk, recipe, signal), { isClean }));
}

/** The photo at a size: from the one that is worked on, or read anew where that is too small. */
async function photoOf(
  { work, file }: PhotoDesk,
  size: Size,
  scenes: FrameDesk['scenes'],
): Promise<PhotoRaster> {
  const { colour, alpha } = work;
  if (colour.width === size.width && colour.height === size.height) return work;
  if (size.width <= colour.width && size.height <= colour.height) {
    const small = resizeArea(colour, size);
    return alpha ? { colour: small, alpha: resizeArea(alpha, size) } : { colour: small };
  }
  if (!file) throw new DioramaError('INTERNAL', 'A task was asked before its turn.');
  scenes.dropLarge();
  const { photo } = await decodePhoto(file, Math.max(size.width, size.height));
  return photo;
}

async function withEffects(
  entry: SceneEntry,
  { recipe, share }: SceneWish,
  { pictures }: FrameDesk,
  signal: AbortSignal,
): Promise<LayeredScene> {
  const keys = stageKeys(recipe, (effect) => (isMoving(effect) ? `@${share}` : ''));
  const from = farthestStage(entry, keys);
  const stages: Stage[] = entry.stages.filter(({ count, key }) => keys[count - 1] === key);
  const settings = { share, loopSeconds: recipe.loopSeconds, parts: { pictures } };
  let scene = from?.scene ?? entry.scene;
  const walk = new StepWalk(signal);
  for (const [at, effect] of recipe.effects.entries()) {
    if (at < (from?.count ?? 0)) continue;
    scene = await walk.through(effectSteps(scene, effect, settings));
    stages.push({ count: at + 1, key: keys[at] as string, scene }); // one key for each effect
  }
  entry.stages = worthKeeping(stages, stillCountOf(recipe));
  return scene;
}

function stillCountOf({ effects }: Recipe): number {
  const first = effects.findIndex(isMoving);
  return first < 0 ? effects.length : first;
}
