import type { SceneLayer } from '../scene/layered-scene.ts';
import type { Particle } from './particles-swarm.ts';

/** What a particle is drawn with besides itself. */
export interface Brush {
  /** sRGB, 0..255. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 0: fades from its middle, 1: an even disc with a rim. */
  readonly flatness: number;
  /** How much a particle's warmth shows, 0..1. */
  readonly tint: number;
}

/** The scene's own depths: what is nearer than a particle hides it, softly over so many steps. */
export interface Hiding {
  readonly depth: Uint16Array;
  /** Inverse depth of the particle, 0..65535, beyond it where it is nearer than the scene's nearest point. */
  readonly inverse: number;
  readonly softness: number;
}

/** Depth is told a little around a particle, too, so that its edge moves with it. */
const DEPTH_MARGIN = 2;
/** Less than so much of 255 is nothing. */
const LEAST_ALPHA = 1.2;

/**
 * Draws one particle over a layer with straight alpha, in place: a capsule with a soft or an even edge. Its depth is
 * written where it covers something, and a little around it.
 */
export function drawParticle(
  layer: SceneLayer,
  particle: Particle,
  weight: number,
  brush: Brush,
  { depth: scene, inverse, softness }: Hiding,
): void {
  const opacity = 255 * weight * particle.opacity;
  if (!(opacity >= LEAST_ALPHA)) return;
  const { width, height } = layer.colour;
  const colour = layer.colour.data;
  const depth = layer.depth.data;
  const word = inverse < 0 ? 0 : inverse > 65535 ? 65535 : Math.round(inverse);
  const { x: cx, y: cy, radius, streakX, streakY } = particle;
  const { flatness } = brush;
  const reach = radius * (1 + 0.15 * (1 - flatness)) + 0.5;
  const spanX = reach + Math.abs(streakX) + DEPTH_MARGIN;
  const spanY = reach + Math.abs(streakY) + DEPTH_MARGIN;
  const left = Math.max(0, Math.floor(cx - spanX));
  const right = Math.min(width - 1, Math.ceil(cx + spanX));
  const top = Math.max(0, Math.floor(cy - spanY));
  const bottom = Math.min(height - 1, Math.ceil(cy + spanY));
  if (left > right || top > bottom) return;

  const length = streakX * streakX + streakY * streakY;
  const perLength = length > 0 ? 1 / length : 0;
  const perReach = 1 / (reach * reach);
  const edge = 1 / Math.max(1.2, radius * 0.12);
  const shade = particle.shade;
  const warm = particle.warmth * brush.tint;
  const red = toByte(brush.red * shade * (1 + 0.2 * warm));
  const green = toByte(brush.green * shade * (1 - 0.03 * Math.abs(warm)));
  const blue = toByte(brush.blue * shade * (1 - 0.3 * warm));
  const low = inverse + softness;
  const perSoftness = 1 / (2 * softness);
  const farSquared = (reach + DEPTH_MARGIN) ** 2;

  for (let y = top; y <= bottom; y++) {
    const dy = y + 0.5 - cy;
    for (let x = left; x <= right; x++) {
      const dx = x + 0.5 - cx;
      let along = (dx * streakX + dy * streakY) * perLength;
      along = along > 1 ? 1 : along < -1 ? -1 : along;
      const ox = dx - along * streakX;
      const oy = dy - along * streakY;
      const squared = ox * ox + oy * oy;
      if (squared > farSquared) continue;
      const pixel = y * width + x;
      const sample = pixel * 4;
      const before = colour[sample + 3] as number; // in range by the box
      let alpha = 0;
      const share = squared * perReach;
      if (share < 1) {
        const soft = (1 - share) * (1 - share);
        if (flatness === 0) {
          alpha = soft;
        } else {
          const far = Math.sqrt(squared);
          const inside = (radius + 0.5 - far) * edge;
          const flat = inside <= 0 ? 0 : inside >= 1 ? 1 : inside;
          // A lens gathers a little more light at a disc's rim.
          const disc = flat * (0.78 + 0.22 * share);
          alpha = soft + (disc - soft) * flatness;
        }
        const seen = (low - (scene[pixel] as number)) * perSoftness; // one grid
        alpha *= seen <= 0 ? 0 : seen >= 1 ? opacity : opacity * seen;
      }
      if (before === 0 || alpha > 40) depth[pixel] = word;
      if (alpha < LEAST_ALPHA) continue;
      if (before === 0) {
        colour[sample] = red;
        colour[sample + 1] = green;
        colour[sample + 2] = blue;
        colour[sample + 3] = alpha + 0.5;
        continue;
      }
      const over = alpha / 255;
      const total = over + (before / 255) * (1 - over);
      const part = over / total;
      colour[sample] = mixByte(colour[sample] as number, red, part);
      colour[sample + 1] = mixByte(colour[sample + 1] as number, green, part);
      colour[sample + 2] = mixByte(colour[sample + 2] as number, blue, part);
      colour[sample + 3] = total * 255 + 0.5;
    }
  }
}

function mixByte(below: number, above: number, share: number): number {
  return below + (above - below) * share + 0.5;
}

function toByte(value: number): number {
  return value >= 255 ? 255 : value <= 0 ? 0 : Math.round(value);
}
