import {
  type FloatRaster,
  type Raster,
  type RasterData,
  resizeArea,
  resizeBilinear,
  type Size,
} from '@diorama/core';
import {
  fitModelSize,
  type Prediction,
  type Predictor,
  type PredictRequest,
} from '@diorama/runtime';

/** Whether a predictor can answer a picture that was meant for another one. */
export function canStandIn(standIn: Predictor, { terms, wanted }: PredictRequest): boolean {
  return terms?.mayStandIn === true && wanted.every((task) => standIn.card.tasks.includes(task));
}

/**
 * Asks a predictor for what was meant for another: the picture is brought to its size and its planes back to the picture's.
 * @throws DioramaError what its `predict` throws
 */
export async function askStandIn(
  standIn: Predictor,
  request: PredictRequest,
  signal: AbortSignal,
): Promise<Prediction> {
  const { image, photo = image, wanted, terms } = request;
  // The asked model may have squeezed the photo; this one should see it as it squeezes photos itself.
  const picture = resizeCentred(image, fitModelSize(standIn.card, photo));
  const answer = await standIn.predict({ image: picture, photo, wanted, terms }, signal);
  const { depth, matte, ...rest } = answer;
  return {
    ...rest,
    ...(depth ? { depth: await resizePlane(depth, image) } : {}),
    ...(matte ? { matte: await resizePlane(matte, image) } : {}),
    standIn: answer.standIn ?? standIn.card,
  };
}

/** Two planes of a large picture at once would hold the thread for too long. */
async function resizePlane(plane: FloatRaster, size: Size): Promise<FloatRaster> {
  await new Promise((resolve) => setImmediate(resolve));
  return resizeCentred(plane, size);
}

/** Averages along sides that shrink and interpolates along those that grow: what is in the middle stays there. */
function resizeCentred<D extends RasterData>(source: Raster<D>, size: Size): Raster<D> {
  const shrunk = {
    width: Math.min(source.width, size.width),
    height: Math.min(source.height, size.height),
  };
  const small = isOf(source, shrunk) ? source : resizeArea(source, shrunk);
  return isOf(small, size) ? small : resizeBilinear(small, size);
}

function isOf(raster: Size, size: Size): boolean {
  return raster.width === size.width && raster.height === size.height;
}
