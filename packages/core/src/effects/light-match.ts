import { boxMean } from '../box-filter.ts';
import {
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type Size,
} from '../raster.ts';
import { resizeArea, resizeBilinear } from '../resize.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { byteOfLight, LIGHT_OF_BYTE, LUMA_BLUE, LUMA_GREEN, LUMA_RED } from './light.ts';

interface LightChange {
  /** What was behind the subject, and what is now; 4 channels. */
  readonly before: ByteRaster;
  readonly after: ByteRaster;
  /** 0..1 */
  readonly amount: number;
}

/** Furthest that a subject gets brighter or darker, in stops, and that one channel moves against the others. */
const MOST_STOPS = 0.9;
const MOST_TINT_STOPS = 0.35;
/** How much of the way goes: a background's colour is not the colour of its light. */
const BRIGHTNESS_SHARE = 0.45;
const TINT_SHARE = 0.3;
const CONTRAST = { share: 0.35, least: 0.8, most: 1.2 };
/** How far the new background's light comes around the subject's edge, as a share of the longer side, and how strong. */
const WRAP_SHARE = 0.008;
const WRAP_STRENGTH = 0.55;
/** Light that every mean counts with, so that black has a logarithm. */
const LEAST_LIGHT = 1 / 512;

/**
 * The subject under the light of what is behind it now: brightness, tint and contrast move from those of the old
 * background and its own towards those of the new one, by no more than so many stops, and the new light wraps around its
 * edge. What is transparent stays so.
 */
export function matchLight(
  subject: SceneLayer,
  { before, after, amount }: LightChange,
): SceneLayer {
  const own = statisticsOf(subject.colour);
  if (!own) return subject;
  const tables = tablesOf(own, statisticsOf(before) ?? own, statisticsOf(after) ?? own, amount);
  const { width, height, data: from } = subject.colour;
  const wrap = wrapOf(subject.colour, after);
  const colour = byteRaster(subject.colour, 4);
  const to = colour.data;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const alpha = from[at + 3] as number; // one grid, as all below
      if (alpha === 0) continue;
      to[at + 3] = alpha;
      const around = (wrap.shares.data[at >> 2] as number) * amount * WRAP_STRENGTH;
      for (let channel = 0; channel < 3; channel++) {
        const light = (tables[channel] as Float32Array)[from[at + channel] as number] as number;
        if (around < 0.002) {
          to[at + channel] = byteOfLight(light) + 0.5;
          continue;
        }
        const behind = wrap.lightAt(x, y, channel) * around;
        to[at + channel] = byteOfLight(light + (1 - light) * behind) + 0.5;
      }
    }
  }
  return { colour, depth: subject.depth };
}

interface Statistics {
  /** Mean logarithm of light (base 2), of all and of each channel; and how far it spreads. */
  readonly stops: number;
  readonly channels: readonly number[];
  readonly spread: number;
}

/** Of what can be seen; nothing where that is nothing. A sample of the pixels will do. */
function statisticsOf({ data }: ByteRaster): Statistics | undefined {
  const every = 4 * Math.max(1, Math.floor(data.length / 4 / 100_000));
  const sums = [0, 0, 0];
  let [count, sum, squares] = [0, 0, 0];
  for (let at = 0; at < data.length; at += every) {
    const share = (data[at + 3] as number) / 255; // in range by the loop's bound, as all below
    if (share === 0) continue;
    count += share;
    let luma = 0;
    for (let channel = 0; channel < 3; channel++) {
      const light = LIGHT_OF_BYTE[data[at + channel] as number] as number;
      luma += light * ([LUMA_RED, LUMA_GREEN, LUMA_BLUE][channel] as number);
      sums[channel] = (sums[channel] as number) + share * Math.log2(light + LEAST_LIGHT);
    }
    const stops = Math.log2(luma + LEAST_LIGHT);
    sum += share * stops;
    squares += share * stops * stops;
  }
  if (count === 0) return undefined;
  const stops = sum / count;
  return {
    stops,
    channels: sums.map((channel) => channel / count),
    spread: Math.sqrt(Math.max(0, squares / count - stops * stops)),
  };
}

/** For each channel, the light that each byte becomes. */
function tablesOf(
  own: Statistics,
  before: Statistics,
  after: Statistics,
  amount: number,
): readonly Float32Array[] {
  // A subject is as bright as itself and as its old place: halfway, so that a dark coat is not taken for a dark light.
  const oldStops = (own.stops + before.stops) / 2;
  const brighter = bounded((after.stops - oldStops) * BRIGHTNESS_SHARE, MOST_STOPS) * amount;
  const ratio = own.spread > 0.05 && after.spread > 0.05 ? after.spread / own.spread : 1;
  const wanted = Math.min(CONTRAST.most, Math.max(CONTRAST.least, ratio ** CONTRAST.share));
  const contrast = wanted ** amount;
  return own.channels.map((channel, at) => {
    const tintAfter = (after.channels[at] as number) - after.stops; // three of each
    const tintBefore = (channel - own.stops + ((before.channels[at] as number) - before.stops)) / 2;
    const tint = bounded((tintAfter - tintBefore) * TINT_SHARE, MOST_TINT_STOPS) * amount;
    const middle = 2 ** own.stops;
    const gain = 2 ** (brighter + tint);
    return Float32Array.from(LIGHT_OF_BYTE, (light) => {
      const shaped = Math.min(1, middle * (light / middle) ** contrast);
      // What gets brighter nears white and does not pass it.
      return gain > 1 ? (shaped * gain) / (1 + shaped * (gain - 1)) : shaped * gain;
    });
  });
}

function bounded(value: number, most: number): number {
  return most * Math.tanh(value / most);
}

/** How much of the light behind reaches each pixel of the subject, and that light, both soft. */
function wrapOf(subject: ByteRaster, behind: ByteRaster) {
  const { width, height } = subject;
  const factor = Math.max(1, Math.floor(Math.max(width, height) / 512));
  const size = {
    width: Math.max(1, Math.round(width / factor)),
    height: Math.max(1, Math.round(height / factor)),
  };
  const clear = floatRaster(subject, 1);
  for (let at = 3, pixel = 0; pixel < clear.data.length; at += 4, pixel++) {
    clear.data[pixel] = 1 - (subject.data[at] as number) / 255; // one grid
  }
  const small = factor > 1 ? resizeArea(clear, size) : clear;
  const radius = Math.max(1, Math.round(WRAP_SHARE * Math.max(size.width, size.height)));
  const soft = boxMean(boxMean(small, radius), radius);
  const shares = factor > 1 ? resizeBilinear(soft, subject) : soft;
  const light = softLight(behind, size, radius * 4);
  const lightAt = (x: number, y: number, channel: number): number => {
    const column = Math.min(light.width - 1, Math.floor((x * light.width) / width));
    const row = Math.min(light.height - 1, Math.floor((y * light.height) / height));
    return light.data[(row * light.width + column) * 3 + channel] as number; // in range
  };
  return { shares, lightAt };
}

/** Light of a picture (4 channels), 3 channels on a smaller grid: light adds up, its bytes do not. */
function softLight(picture: ByteRaster, size: Size, radius: number): FloatRaster {
  const { width, height, data } = picture;
  const light = floatRaster(size, 3);
  const counts = new Float32Array(size.width * size.height);
  for (let y = 0, from = 0; y < height; y++) {
    const row = Math.floor((y * size.height) / height) * size.width;
    for (let x = 0; x < width; x++, from += 4) {
      const cell = row + Math.floor((x * size.width) / width);
      counts[cell] = (counts[cell] as number) + 1; // in range by the sizes, as all below
      for (let channel = 0; channel < 3; channel++) {
        const at = cell * 3 + channel;
        const own = LIGHT_OF_BYTE[data[from + channel] as number] as number;
        light.data[at] = (light.data[at] as number) + own;
      }
    }
  }
  for (let at = 0; at < light.data.length; at++) {
    const count = counts[Math.floor(at / 3)] as number;
    light.data[at] = (light.data[at] as number) / count; // a grid is no finer than its picture
  }
  return boxMean(boxMean(light, radius), radius);
}
