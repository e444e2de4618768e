import type { ModelCard } from '@diorama/contract';
import { type ByteRaster, resizeBilinear } from '@diorama/core';
import { fitModelPicture, fitModelSize } from '@diorama/runtime/worker';
import type { Intake } from './intake.ts';
import { onWhite } from './on-white.ts';

/** A photo as a model sees it: 3 channels, sRGB, the photo's transparency laid on white. */
export interface ModelInput {
  /** It is all that ever travels to a predictor. */
  readonly image: ByteRaster;
  /** The same, each pixel standing for the middle of its share of the photo: edges are found by it. */
  readonly centred: ByteRaster;
}

/** The model-sized picture, made from the photo as the model's card says. */
export async function fit(input: Intake, card: ModelCard): Promise<ModelInput> {
  const { resample = 'area' } = card.input;
  const size = fitModelSize(card, input.info);
  // Only an average may be made in two steps, of which the decoder does the first.
  const small = resample === 'area' ? await input.decodeSmall(size) : undefined;
  if (small) return bothAs(onWhite(small));
  const photo = onWhite(await input.photo);
  const image = fitModelPicture(card, photo, size);
  return resample === 'bilinear-corner'
    ? { image, centred: resizeBilinear(photo, size) }
    : bothAs(image);
}

function bothAs(image: ByteRaster): ModelInput {
  return { image, centred: image };
}
