import { type ByteRaster, DioramaError, type Size } from '@diorama/core';
import type { CleanPrediction } from '@diorama/engine/steps';

/** A photo in memory: 3 channels of sRGB, and its transparency where it has any. */
export interface PhotoRaster {
  readonly colour: ByteRaster;
  readonly alpha?: ByteRaster | undefined;
}

/** What lies on the worker's desk: one photo, and what is known of it so far. */
export class PhotoDesk {
  file: Blob | undefined;
  /** Upright, at full size. */
  size: Size | undefined;
  /** What the same view takes on 36 x 24 mm film, where the file says it. */
  focalLength35mm: number | undefined;
  /** The photo at the size at which it is worked on. */
  #work: PhotoRaster | undefined;
  /** The model's own picture: edges are found by it. */
  #picture: ByteRaster | undefined;
  #prediction: CleanPrediction | undefined;

  get work(): PhotoRaster {
    return there(this.#work);
  }
  set work(photo: PhotoRaster) {
    this.#work = photo;
  }

  get picture(): ByteRaster {
    return there(this.#picture);
  }
  set picture(picture: ByteRaster) {
    this.#picture = picture;
  }

  /** As the network gave it, before any split or stroke. */
  get prediction(): CleanPrediction {
    return there(this.#prediction);
  }
  set prediction(prediction: CleanPrediction) {
    this.#prediction = prediction;
  }
}

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new DioramaError('INTERNAL', 'A task was asked before its turn.');
  return value;
}
