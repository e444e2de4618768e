import { byteRaster, type FloatRaster } from '../raster.ts';
import { resizeBilinear } from '../resize.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import { depthSlopes } from './depth-slopes.ts';
import { mapLayers } from './each-layer.ts';
import { byteOfLight, grainAt, LIGHT_OF_BYTE, lightOfHex } from './light.ts';

export interface RelightOptions {
  /** Degrees around the picture, 0 from the right, 90 from above. */
  readonly azimuthDegrees: number;
  /** Degrees above the picture's plane: 90 is the camera's own place. */
  readonly elevationDegrees: number;
  /** `#rrggbb` */
  readonly colour: string;
  readonly strength: number;
  /** Light that is there all the same. */
  readonly ambient: number;
}

/** What a surface that faces the light gets of it. */
const LAMP = 1.25;
/** How far light reaches around a shape, so that its end is soft. */
const WRAP = 0.25;
/** How bright a gleam gets. */
const GLEAM = 0.06;
/** What black gives back of a gleam. */
const GLEAM_ON_BLACK = 0.15;
/** From this slope on a surface counts as steep and no steeper: jumps in depth are no walls of light. */
const STEEPEST = 1.6;

/**
 * Another light on the shapes that the depth tells: what faces it gets brighter, what turns away darker (Lambert, wrapped
 * around), with a little gleam (Blinn 1977). Each layer has its own depth, so that the subject's edge is no shape.
 */
export function applyRelight(scene: LayeredScene, options: RelightOptions): LayeredScene {
  if (!(options.strength > 0)) return scene;
  const shade = shadeOf(options);
  return mapLayers(scene, (layer, name) =>
    // What floats has no shape.
    name === 'between' || name === 'front' ? layer : relightLayer(layer, shade, scene.farthest),
  );
}

interface Shade {
  readonly light: readonly [number, number, number];
  readonly half: readonly [number, number, number];
  readonly colour: readonly [number, number, number];
  readonly strength: number;
  readonly ambient: number;
}

function shadeOf(options: RelightOptions): Shade {
  const azimuth = (options.azimuthDegrees * Math.PI) / 180;
  const elevation = (options.elevationDegrees * Math.PI) / 180;
  const flat = Math.cos(elevation);
  // x to the right, y up, z towards the camera.
  const light = [flat * Math.cos(azimuth), flat * Math.sin(azimuth), Math.sin(elevation)] as const;
  const length = Math.hypot(light[0], light[1], light[2] + 1);
  return {
    light,
    half: [light[0] / length, light[1] / length, (light[2] + 1) / length],
    colour: lightOfHex(options.colour),
    strength: options.strength,
    ambient: options.ambient,
  };
}

function relightLayer(layer: SceneLayer, shade: Shade, farthest: number): SceneLayer {
  const { width, height, data: from } = layer.colour;
  const colour = byteRaster(layer.colour, 4);
  const to = colour.data;
  const field = shadeField(depthSlopes(layer.depth, farthest), shade);
  const isSame = field.width === width && field.height === height;
  const shades = (isSame ? field : resizeBilinear(field, layer.colour)).data;
  const [red, green, blue] = shade.colour;
  for (let y = 0, pixel = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel += 2, at += 4) {
      const alpha = from[at + 3] as number; // one grid, as all below
      if (alpha === 0) continue;
      const lit = shades[pixel] as number;
      const gleam = shades[pixel + 1] as number;
      const grain = 0.5 + grainAt(x, y);
      const base = 1 - shade.strength + shade.strength * shade.ambient;
      to[at] = byteOfLight(litLight(from[at] as number, base + lit * red, gleam * red)) + grain;
      to[at + 1] =
        byteOfLight(litLight(from[at + 1] as number, base + lit * green, gleam * green)) + grain;
      to[at + 2] =
        byteOfLight(litLight(from[at + 2] as number, base + lit * blue, gleam * blue)) + grain;
      to[at + 3] = alpha;
    }
  }
  return { colour, depth: layer.depth };
}

/** Light of a byte times `gain`, and a gleam over it; what gets brighter nears white and never passes it. */
function litLight(byte: number, gain: number, gleam: number): number {
  const light = LIGHT_OF_BYTE[byte] as number; // a byte
  const lit = gain > 1 ? (light * gain) / (1 + light * (gain - 1)) : light * gain;
  return lit + (1 - lit) * gleam * (GLEAM_ON_BLACK + (1 - GLEAM_ON_BLACK) * Math.sqrt(light));
}

/** What the lamp adds at each place (2 channels): to the light of a surface, and as a gleam over it. */
function shadeField(slopes: FloatRaster, shade: Shade): FloatRaster {
  const { data } = slopes;
  const { light, half, strength } = shade;
  for (let at = 0; at < data.length; at += 2) {
    const across = data[at] as number; // in range by the loop's bound
    const down = data[at + 1] as number;
    const steep = Math.hypot(across, down);
    const bounded = 1 / (1 + steep / STEEPEST);
    // A surface that goes away to the right looks to the right, as the right half of a ball does.
    const nx = across * bounded;
    const ny = -down * bounded;
    const length = 1 / Math.hypot(nx, ny, 1);
    const facing = (nx * light[0] + ny * light[1] + light[2]) * length;
    const wrapped = Math.max(0, (facing + WRAP) / (1 + WRAP));
    const shine = Math.max(0, (nx * half[0] + ny * half[1] + half[2]) * length);
    data[at] = strength * LAMP * wrapped * wrapped;
    data[at + 1] = strength * GLEAM * shine ** 16;
  }
  return slopes;
}
