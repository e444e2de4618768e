import { type Effect, effectSchema, recipeSchema } from '@diorama/contract';
import { type ByteRaster, byteRaster, wordRaster } from '@diorama/core';
import { flattenScene, type LayeredScene } from '@diorama/core/scene';
import { applyEffects, isMoving, sceneOfLayers, wantsCleanPlate } from '@diorama/engine/recipe';
import { renderScene } from '@diorama/fixtures';
import { beforeAll, describe, expect, it } from 'vitest';

const SIZE = { width: 240, height: 160 };
let scene: LayeredScene;

beforeAll(() => {
  const made = renderScene({ seed: 4, family: 'plant', ...SIZE });
  const subject = byteRaster(SIZE, 4);
  const depth = wordRaster(SIZE, 1);
  const plateDepth = wordRaster(SIZE, 1);
  for (let pixel = 0; pixel < SIZE.width * SIZE.height; pixel++) {
    subject.data.set(made.subjectColour.data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    subject.data[pixel * 4 + 3] = made.alpha.data[pixel] ?? 0;
    depth.data[pixel] = (made.inverse.data[pixel] ?? 0) * 65535;
    plateDepth.data[pixel] = Math.min(depth.data[pixel] ?? 0, 20_000);
  }
  const photo = { colour: made.photo };
  scene = sceneOfLayers({
    photo,
    plate: made.background,
    plateDepth,
    subject,
    depth,
    matte: made.alpha,
  });
});

const EFFECTS: readonly object[] = [
  { type: 'lens-blur', focus: { at: [0.5, 0.5] }, aperture: 0.2 },
  { type: 'background', fill: { kind: 'gradient', from: '#203040', to: '#ffeecc' } },
  { type: 'background', fill: { kind: 'blur', radius: 0.02 } },
  { type: 'haze', density: 0.7 },
  { type: 'light-falloff', strength: 0.5 },
  { type: 'colour-pop', keep: 'subject' },
  { type: 'relight', azimuthDegrees: 120, strength: 0.8 },
  { type: 'particles', kind: 'snow', amount: 0.6 },
];

const recipeOf = (...effects: readonly object[]) => recipeSchema.parse({ version: 1, effects });

describe('a recipe', () => {
  it.each(EFFECTS)('changes the picture by $type, and nothing when it is off', (effect) => {
    const before = flattenScene(scene).data;
    expect(flattenScene(applyEffects(scene, recipeOf(effect))).data).not.toEqual(before);
    expect(applyEffects(scene, recipeOf({ ...effect, isOn: false }))).toBe(scene);
  });

  it('goes through its effects in their order, and comes to the same each time', () => {
    const recipe = recipeOf(...EFFECTS);
    const picture = flattenScene(applyEffects(scene, recipe)).data;
    expect(flattenScene(applyEffects(scene, recipe)).data).toEqual(picture);
    const turned = recipeOf(...EFFECTS.toReversed());
    expect(flattenScene(applyEffects(scene, turned)).data).not.toEqual(picture);
  });

  it('keeps to the photo around the subject, whatever its plate was filled with there', () => {
    const { photo, background, alpha, subjectColour } = renderScene({
      seed: 4,
      family: 'plant',
      ...SIZE,
    });
    const subject = byteRaster(SIZE, 4);
    for (let pixel = 0; pixel < alpha.data.length; pixel++) {
      subject.data.set(subjectColour.data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
      subject.data[pixel * 4 + 3] = alpha.data[pixel] ?? 0;
    }
    const depth = wordRaster(SIZE, 1);
    const filled = { ...background, data: background.data.map((value) => 255 - value) };
    const of = (veil?: ByteRaster) =>
      sceneOfLayers({
        photo: { colour: photo, alpha: veil },
        plate: filled,
        plateDepth: depth,
        subject,
        depth,
        matte: alpha,
      });
    const plain = flattenScene(of());
    let apart = 0;
    for (let i = 0; i < photo.data.length; i++) {
      if (alpha.data[Math.floor(i / 3)] === 0) apart += Math.abs(plain.data[i]! - photo.data[i]!);
    }
    expect(apart / photo.data.length).toBeLessThan(5);
    // What the photo leaves open is the plate's.
    expect(of(byteRaster(SIZE, 1)).plate.colour.data[0]).toBe(filled.data[0]);
  });

  it('has its plate filled beside the subject where effects blur it', () => {
    const wants = (...effects: readonly object[]) => wantsCleanPlate(recipeOf(...effects));
    const blur = { type: 'lens-blur', focus: { at: [0.5, 0.5] }, aperture: 0.2 };
    const fill = { kind: 'blur', radius: 0.02 };
    expect(wants(blur)).toBe(true);
    expect(wants({ type: 'haze', density: 0.7 }, { type: 'background', fill })).toBe(true);
    expect(wants({ ...blur, isOn: false }, { type: 'haze', density: 0.7 })).toBe(false);

    const { photo, background, alpha, inverse } = renderScene({
      seed: 4,
      family: 'plant',
      ...SIZE,
    });
    const depth = wordRaster(SIZE, 1);
    for (let i = 0; i < depth.data.length; i++) depth.data[i] = (inverse.data[i] ?? 0) * 65535;
    const layers = {
      photo: { colour: photo },
      plate: { ...background, data: background.data.map((value) => 255 - value) },
      plateDepth: wordRaster(SIZE, 1),
      subject: byteRaster(SIZE, 4),
      depth,
      matte: alpha,
    };
    const filled = (isClean: boolean) => {
      const { colour } = sceneOfLayers(layers, { isClean }).plate;
      let count = 0;
      for (let i = 0; i < alpha.data.length; i++) {
        if (alpha.data[i] === 0 && colour.data[i * 4] !== photo.data[i * 3]) count++;
      }
      return count;
    };
    expect(filled(true)).toBeGreaterThan(2 * filled(false));
  });

  it('ends a loop where it began', () => {
    const recipe = recipeOf({ type: 'particles', kind: 'snow', amount: 1 });
    const at = (share: number) => flattenScene(applyEffects(scene, recipe, share)).data;
    expect(at(1)).toEqual(at(0));
    expect(at(0.5)).not.toEqual(at(0));
  });

  it('says that a picture is missing, by its name', () => {
    const recipe = recipeOf({ type: 'background', fill: { kind: 'picture', picture: 'sea.jpg' } });
    expect(() => applyEffects(scene, recipe)).toThrow(
      expect.objectContaining({
        code: 'REQUEST_INVALID',
        message: expect.stringContaining('sea.jpg'),
      }),
    );
    const sea = byteRaster({ width: 3, height: 2 }, 3);
    const made = applyEffects(scene, recipe, 0, { pictures: new Map([['sea.jpg', sea]]) });
    expect(made.plate.colour.data.slice(0, 4)).toEqual(Uint8Array.of(0, 0, 0, 255));
  });

  it('knows which effects move', () => {
    const of = (effect: object): Effect => effectSchema.parse(effect);
    expect(isMoving(of({ type: 'particles', kind: 'snow', amount: 1 }))).toBe(true);
    expect(isMoving(of({ type: 'particles', kind: 'snow', amount: 1, isOn: false }))).toBe(false);
    expect(isMoving(of({ type: 'haze', density: 1 }))).toBe(false);
  });
});
