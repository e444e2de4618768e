import type { LayersDocument, StepName } from '@diorama/contract';
import type { Box } from '@diorama/core';
import type { Background } from './layers-options.ts';
import type { CutOut } from './steps/cut-out.ts';
import type { EncodedLayer } from './steps/encode.ts';
import type { Intake } from './steps/intake.ts';
import type { CleanDepth, CleanPrediction } from './steps/predict.ts';

/** layers.json for what was made of a photo. */
export function describeLayers(made: {
  readonly taken: Intake;
  readonly prediction: CleanPrediction;
  /** What is left of the photo, where it was cropped. */
  readonly crop?: Box | undefined;
  readonly cutOut?: CutOut | undefined;
  readonly background?: Background | undefined;
  readonly encoded: readonly EncodedLayer[];
  readonly timingsMs: Partial<Record<StepName, number>>;
}): LayersDocument {
  const { taken, prediction, crop, cutOut, background, encoded, timingsMs } = made;
  const { depth, subject, split, model, depthModel, standInFor, batchSize } = prediction;
  const { focalLength35mm } = taken.info;
  return {
    version: 1,
    size: crop ? { width: crop.width, height: crop.height } : (cutOut?.size ?? taken.size),
    ...(crop ? { crop: { left: crop.left, top: crop.top, of: taken.size } } : {}),
    ...(depth ? { depth: describeDepth(depth) } : {}),
    matte: {
      subjectPresent: subject.isPresent,
      confidence: subject.confidence,
      ...(cutOut?.box ? { box: cutOut.box } : {}),
    },
    ...(split ? { split } : {}),
    ...(background ? { background: 'colour' in background ? 'colour' : 'picture' } : {}),
    files: Object.fromEntries(
      encoded.map(({ name, path, picture, sha256 }) => [
        name,
        {
          path,
          mediaType: picture.mediaType,
          bytes: picture.bytes.byteLength,
          sha256,
          bitDepth: picture.bitDepth,
          channels: picture.channels,
        },
      ]),
    ),
    model,
    ...(depthModel ? { depthModel } : {}),
    ...(standInFor ? { standInFor: [...standInFor] } : {}),
    ...(focalLength35mm === undefined ? {} : { focalLength35mm }),
    timingsMs,
    ...(batchSize === undefined ? {} : { batchSize }),
  };
}

/** No scene reaches farther than this: a metric model's zero is the sky. */
const FARTHEST_METRES = 10_000;

function describeDepth({ kind, scale, shift }: CleanDepth): LayersDocument['depth'] {
  if (kind === 'inverse-affine') {
    return { kind, unit: 'none', near: scale + shift, far: shift, scale, shift };
  }
  const metres = (inverse: number) => 1 / Math.max(inverse, 1 / FARTHEST_METRES);
  return { kind, unit: 'metre', near: metres(scale + shift), far: metres(shift), scale, shift };
}
