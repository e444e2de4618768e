import { type ByteRaster, byteRaster, type Size, wordRaster } from '../raster.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import { coverPicture } from './cover-picture.ts';
import { highlightsOf } from './lens-highlights.ts';
import { lensLayerSteps } from './lens-layer.ts';
import { byteOfLight, bytesOfHex, grainAt, lightOfHex } from './light.ts';
import { matchLight } from './light-match.ts';

/** What lies behind the subject. */
export type BackgroundFill =
  | { readonly kind: 'colour'; readonly colour: string }
  /** From top to bottom. */
  | { readonly kind: 'gradient'; readonly from: string; readonly to: string }
  /** The plate itself; the radius is a share of the picture's longer side. */
  | { readonly kind: 'blur'; readonly radius: number }
  /** 3 or 4 channels, of any size; it covers all and keeps its shape. */
  | { readonly kind: 'picture'; readonly raster: ByteRaster };

export interface BackgroundOptions {
  readonly fill: BackgroundFill;
  /** How far the subject takes on the new light, 0..1. */
  readonly lightMatch: number;
}

/** Another background. Where it is not the plate itself it lies at the farthest point; the subject may take on its light. */
export function applyBackground(scene: LayeredScene, options: BackgroundOptions): LayeredScene {
  const steps = backgroundSteps(scene, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same in steps, between which the caller may give up. */
export function* backgroundSteps(
  scene: LayeredScene,
  { fill, lightMatch }: BackgroundOptions,
): Generator<undefined, LayeredScene> {
  const plate = yield* fillSteps(scene.plate, fill);
  if (!(lightMatch > 0)) return { ...scene, plate };
  yield;
  const subject = matchLight(scene.subject, {
    before: scene.plate.colour,
    after: plate.colour,
    amount: Math.min(1, lightMatch),
  });
  return { ...scene, plate, subject };
}

function* fillSteps(plate: SceneLayer, fill: BackgroundFill): Generator<undefined, SceneLayer> {
  switch (fill.kind) {
    case 'blur':
      return yield* blurSteps(plate, fill.radius);
    case 'colour':
      return far(plainColour(plate.colour, fill.colour));
    case 'gradient':
      return far(gradient(plate.colour, fill.from, fill.to));
    case 'picture':
      return far(coverPicture(fill.raster, plate.colour));
  }
}

function* blurSteps(plate: SceneLayer, radius: number): Generator<undefined, SceneLayer> {
  const radiusPx = radius * Math.max(plate.colour.width, plate.colour.height);
  const flat = { colour: plate.colour, depth: wordRaster(plate.depth, 1) };
  const radii = new Float32Array(65536).fill(radiusPx);
  const view = { radii, blades: 0, highlights: highlightsOf(0.2) };
  const { colour } = yield* lensLayerSteps(flat, view);
  return { colour, depth: plate.depth };
}

function far(colour: ByteRaster): SceneLayer {
  return { colour, depth: wordRaster(colour, 1) };
}

function plainColour(size: Size, hex: string): ByteRaster {
  const out = byteRaster(size, 4);
  const [red, green, blue] = bytesOfHex(hex);
  for (let at = 0; at < out.data.length; at += 4) {
    out.data[at] = red;
    out.data[at + 1] = green;
    out.data[at + 2] = blue;
    out.data[at + 3] = 255;
  }
  return out;
}

/** From the first row to the last, mixed in linear light. */
function gradient(size: Size, from: string, to: string): ByteRaster {
  const out = byteRaster(size, 4);
  const [top, bottom] = [lightOfHex(from), lightOfHex(to)];
  for (let y = 0, at = 0; y < size.height; y++) {
    const share = size.height > 1 ? y / (size.height - 1) : 0;
    const [red, green, blue] = top.map(
      (light, channel) => byteOfLight(light + ((bottom[channel] as number) - light) * share), // three of each
    ) as [number, number, number];
    for (let x = 0; x < size.width; x++, at += 4) {
      const grain = 0.5 + grainAt(x, y);
      out.data[at] = red + grain;
      out.data[at + 1] = green + grain;
      out.data[at + 2] = blue + grain;
      out.data[at + 3] = 255;
    }
  }
  return out;
}
