import type { Recipe } from '@diorama/contract';
import {
  type ByteRaster,
  describeGuide,
  estimateMixedColours,
  floatRaster,
  type LayerColours,
  type PhotoGuide,
  subjectLayer,
} from '@diorama/core';
import { keepOldColour, retouchMatte } from '@diorama/core/scene';
import {
  type CleanPrediction,
  RasterArena,
  refineMatte,
  splitPrediction,
} from '@diorama/engine/steps';
import type { PhotoDesk, PhotoRaster } from './photo-desk.ts';

/** The matte of a recipe and what follows from it at once. Whoever is given it does not write into it. */
export interface CutOut {
  readonly matte: ByteRaster;
  /** 4 channels, straight alpha. */
  readonly subject: ByteRaster;
  /** As the network gave it, with this matte where it was retouched. */
  readonly prediction: CleanPrediction;
  readonly guide: PhotoGuide;
  readonly mixed: LayerColours;
}

type MatteWish = Recipe['matte'];

interface Painted {
  readonly key: string;
  readonly matte: ByteRaster;
}

/** Larger ones are made for one file and forgotten. */
const MOST_KEPT_PIXELS = 2048 * 2048;
/** Mattes on the way that are kept: a stroke more or less starts from one of them. */
const MOST_PAINTED = 12;
const MOST_CUT_OUTS = 3;

/** Mattes of one photo that were made, so that a stroke or a slider starts from where the one before ended. */
class MatteDesk {
  #guide: { readonly of: ByteRaster; readonly guide: PhotoGuide } | undefined;
  #of: CleanPrediction | undefined;
  #painted: readonly Painted[] = [];
  #cutOuts: readonly { readonly key: string; readonly cutOut: CutOut }[] = [];

  cutOut(photo: PhotoRaster, desk: PhotoDesk, wish: MatteWish): CutOut {
    if (this.#of !== desk.prediction) this.#forget(desk.prediction);
    const { width, height } = photo.colour;
    const isKept = width * height <= MOST_KEPT_PIXELS;
    const key = JSON.stringify([width, height, wish]);
    const known = this.#cutOuts.find((one) => one.key === key);
    if (known) return known.cutOut;
    const made = this.#make(photo, desk, wish, isKept);
    if (isKept) this.#cutOuts = [{ key, cutOut: made }, ...this.#cutOuts].slice(0, MOST_CUT_OUTS);
    return made;
  }

  #forget(prediction: CleanPrediction): void {
    this.#of = prediction;
    this.#painted = [];
    this.#cutOuts = [];
  }

  #make(photo: PhotoRaster, desk: PhotoDesk, wish: MatteWish, isKept: boolean): CutOut {
    const { colour, alpha } = photo;
    const guide = this.#guideOf(desk.picture);
    const split = splitPrediction(desk.prediction, {
      split: wish.split,
      ...(wish.threshold === undefined ? {} : { splitAt: wish.threshold }),
    });
    const painted = this.#paint(photo, { guide, prediction: split }, wish, isKept);
    const edged = retouchMatte(painted, colour, [], wish);
    const matte = alpha ? within(edged, alpha) : edged;
    const mixed = estimateMixedColours(colour, matte);
    const subject = subjectLayer(colour, matte, { mixed });
    keepOldColour(subject, colour, wish.decontamination);
    const isRetouched = wish.strokes.length > 0 || wish.feather > 0 || wish.grow !== 0;
    const prediction = isRetouched ? withMatte(split, matte) : split;
    return { matte, subject, prediction, guide, mixed };
  }

  /** The matte after all strokes, from the longest way to it that is known. */
  #paint(
    { colour }: PhotoRaster,
    from: { readonly guide: PhotoGuide; readonly prediction: CleanPrediction },
    { split, threshold, strokes }: MatteWish,
    isKept: boolean,
  ): ByteRaster {
    const base = [colour.width, colour.height, split, threshold];
    const keyAfter = (count: number) => JSON.stringify([base, strokes.slice(0, count)]);
    let done = strokes.length;
    let known: Painted | undefined;
    for (; isKept && done >= 0; done--) {
      const key = keyAfter(done);
      known = this.#painted.find((one) => one.key === key);
      if (known) break;
    }
    const plain = known?.matte ?? refineMatte({ photo: { colour }, ...from }, new RasterArena());
    const rest = strokes.slice(known ? done : 0);
    const matte = retouchMatte(plain, colour, rest);
    if (!isKept) return matte;
    if (!known) this.#keep({ key: keyAfter(0), matte: plain });
    if (rest.length > 0) this.#keep({ key: keyAfter(strokes.length), matte });
    return matte;
  }

  #keep(painted: Painted): void {
    this.#painted = [painted, ...this.#painted].slice(0, MOST_PAINTED);
  }

  #guideOf(picture: ByteRaster): PhotoGuide {
    if (this.#guide?.of !== picture) this.#guide = { of: picture, guide: describeGuide(picture) };
    return this.#guide.guide;
  }
}

const desks = new WeakMap<PhotoDesk, MatteDesk>();

/** The matte of a recipe on a photo of any size, and the subject by it; made once where the size is not too large. */
export function cutOutOf(photo: PhotoRaster, desk: PhotoDesk, wish: MatteWish): CutOut {
  let mattes = desks.get(desk);
  if (!mattes) {
    mattes = new MatteDesk();
    desks.set(desk, mattes);
  }
  return mattes.cutOut(photo, desk, wish);
}

/** What the photo itself calls transparent is no subject either. */
function within(matte: ByteRaster, alpha: ByteRaster): ByteRaster {
  const data = matte.data.map((value, i) => (value * (alpha.data[i] ?? 0) + 127) / 255);
  return { ...matte, data };
}

/** A prediction as if the network had said this matte: what follows snaps to it. */
function withMatte(prediction: CleanPrediction, matte: ByteRaster): CleanPrediction {
  const said = floatRaster(matte, 1);
  let isPresent = false;
  for (let i = 0; i < said.data.length; i++) {
    const alpha = (matte.data[i] ?? 0) / 255;
    said.data[i] = alpha;
    if (alpha > 0.5) isPresent = true;
  }
  return { ...prediction, matte: said, subject: { ...prediction.subject, isPresent } };
}
