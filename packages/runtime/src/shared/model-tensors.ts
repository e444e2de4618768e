import type { ModelCard, ModelOutputMeaning, ModelTask } from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';

/** What each meaning of an output is good for. */
const TASK_OF = {
  disparity: 'depth',
  distance: 'depth',
  'depth-metres': 'depth',
  alpha: 'matte',
  'alpha-logits': 'matte',
  'subject-probability': 'matte',
} as const satisfies Record<ModelOutputMeaning, ModelTask>;

/** The outputs of a model that the wanted tasks need, in the card's order. */
export function outputsFor(
  card: ModelCard,
  wanted: readonly ModelTask[],
): ModelCard['outputs'][number][] {
  return card.outputs.filter((output) => wanted.includes(TASK_OF[output.meaning]));
}

/**
 * Writes a picture (3 channels, sRGB bytes) into planes of floats, normalised and ordered as the card says.
 * `out` holds at least `3 * width * height` samples.
 */
export function fillPlanes(image: ByteRaster, input: ModelCard['input'], out: Float32Array): void {
  const { data } = image;
  const planePx = image.width * image.height;
  const most = input.range === 'own-maximum' ? largestOf(data) : 255;
  for (let plane = 0; plane < 3; plane += 1) {
    const mean = input.mean[plane] ?? 0;
    const std = input.std[plane] ?? 1;
    const gain = 1 / (most * std);
    const shift = -mean / std;
    const to = plane * planePx;
    let from = input.channelOrder === 'rgb' ? plane : 2 - plane;
    for (let n = 0; n < planePx; n += 1) {
      // Indices stay inside: data holds 3 * planePx samples.
      out[to + n] = (data[from] as number) * gain + shift;
      from += 3;
    }
  }
}

/** The largest byte; 255 for a black picture, which has nothing to be divided by. */
function largestOf(data: Uint8Array): number {
  let largest = 0;
  for (let n = 0; n < data.length; n += 1) {
    const sample = data[n] as number; // Index in range.
    if (sample > largest) largest = sample;
  }
  return largest || 255;
}

/**
 * Turns an output, in place, into what a prediction holds: logits into 0..1, metres into 1/metres (a distance of
 * zero or less is none and becomes NaN), distances without unit into their negatives, so that larger is nearer; the
 * others stay as they are.
 */
export function convertOutput(samples: Float32Array, meaning: ModelOutputMeaning): void {
  if (meaning === 'alpha-logits') {
    for (let n = 0; n < samples.length; n += 1) {
      samples[n] = 1 / (1 + Math.exp(-(samples[n] as number))); // Index in range.
    }
  } else if (meaning === 'depth-metres') {
    for (let n = 0; n < samples.length; n += 1) {
      const metres = samples[n] as number; // Index in range.
      samples[n] = metres > 0 ? 1 / metres : Number.NaN;
    }
  } else if (meaning === 'distance') {
    for (let n = 0; n < samples.length; n += 1) samples[n] = -(samples[n] as number); // Index in range.
  }
}
