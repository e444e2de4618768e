import { type Recipe, recipeSchema } from '@diorama/contract';
import { flattenScene } from '@diorama/core/scene';
import { applyEffects, sceneOfLayers } from '@diorama/engine/recipe';
import type { Scene } from '@diorama/fixtures';

/** A scene with known truths, as layers, in bytes that a page can be given. */
export interface PlainScene {
  readonly width: number;
  readonly height: number;
  readonly photo: readonly number[];
  readonly plate: readonly number[];
  readonly subjectColour: readonly number[];
  readonly alpha: readonly number[];
  /** 0..65535 */
  readonly depth: readonly number[];
  readonly plateDepth: readonly number[];
}

export function plainScene({
  photo,
  background,
  subjectColour,
  alpha,
  inverse,
}: Scene): PlainScene {
  const { width, height } = background;
  const depth = [...inverse.data].map((value) => Math.round(value * 65535));
  return {
    width,
    height,
    photo: [...photo.data],
    plate: [...background.data],
    subjectColour: [...subjectColour.data],
    alpha: [...alpha.data],
    depth,
    plateDepth: depth.map((value, at) => (alpha.data[at] ? Math.min(value, 16_000) : value)),
  };
}

/** The picture that a recipe makes of it: 3 channels. The same code runs in Node and in a page. */
export function pictureOf(plain: PlainScene, recipe: Recipe, share: number): readonly number[] {
  const { width, height } = plain;
  const size = { width, height };
  const subject = new Uint8Array(width * height * 4);
  plain.alpha.forEach((alpha, pixel) => {
    subject.set(plain.subjectColour.slice(pixel * 3, pixel * 3 + 3), pixel * 4);
    subject[pixel * 4 + 3] = alpha;
  });
  const scene = sceneOfLayers({
    photo: { colour: { ...size, channels: 3, data: Uint8Array.from(plain.photo) } },
    plate: { ...size, channels: 3, data: Uint8Array.from(plain.plate) },
    plateDepth: { ...size, channels: 1, data: Uint16Array.from(plain.plateDepth) },
    subject: { ...size, channels: 4, data: subject },
    depth: { ...size, channels: 1, data: Uint16Array.from(plain.depth) },
    matte: { ...size, channels: 1, data: Uint8Array.from(plain.alpha) },
  });
  return [...flattenScene(applyEffects(scene, recipe, share)).data];
}

declare global {
  var makePicture: (plain: PlainScene, recipe: unknown, share: number) => readonly number[];
}
globalThis.makePicture = (plain, recipe, share) =>
  pictureOf(plain, recipeSchema.parse(recipe), share);
