import {
  type Colour,
  type CropMargin,
  LAYER_NAMES,
  type LayerFormat,
  type LayerName,
  MAX_SIZE_PX,
  type ModelTask,
  type SizeLimit,
  type Split,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { type Cutout, checkCutout } from './cutout/cutout-options.ts';

/** What lies behind a subject: one colour, or a picture (the bytes of its file) that covers all of it. */
export type Background = { readonly colour: Colour } | { readonly picture: Uint8Array };

/** What to make of a photo. */
export interface LayersOptions {
  /** Which layers; all four by default. */
  readonly layers?: readonly LayerName[];
  /** The format of each; PNG, and JPEG for the plate, by default. */
  readonly formats?: Partial<Record<LayerName, LayerFormat>>;
  /** Shrinks the layers until they fit into it; the photo's own size by default. Never enlarges. */
  readonly within?: SizeLimit;
  /** 1..100, for formats that lose something. */
  readonly quality?: number;
  /** For WebP and AVIF: lose nothing. */
  readonly lossless?: boolean;
  /** Adds the depth of the plate, `plate-depth.png`. */
  readonly plateDepth?: boolean;
  /** How the matte comes about; `subject` by default. */
  readonly split?: Split;
  /** Depth at which to split, 0 far to 1 near; by default what the photo's own depths suggest. */
  readonly splitAt?: number;
  /** Laid behind the subject in its picture, which is transparent there by default. */
  readonly background?: Background;
  /** Cuts what is not around the subject off all layers, and leaves so much room around it. Nothing where there is none. */
  readonly cropMargin?: CropMargin;
  /** Id of an open model that is asked before the others. */
  readonly model?: string;
  /** Lays the subject and its matte out on a canvas of their own; only these two can be asked for then. */
  readonly cutout?: Cutout;
}

export interface ResolvedLayersOptions {
  readonly layers: ReadonlySet<LayerName>;
  readonly formats: Readonly<Record<LayerName, LayerFormat>>;
  readonly within: SizeLimit;
  readonly quality?: number;
  readonly lossless: boolean;
  readonly plateDepth: boolean;
  readonly cutout?: Cutout;
}

export const DEFAULT_LAYER_FORMATS: Readonly<Record<LayerName, LayerFormat>> = {
  matte: 'png',
  depth: 'png',
  subject: 'png',
  // A plate is a photo without its subject: nothing in it is transparent, and JPEG is a quarter of the time.
  plate: 'jpeg',
};

/**
 * Fills in the defaults.
 * @throws DioramaError `REQUEST_INVALID` for what cannot be made, such as a subject without transparency.
 */
export function resolveLayersOptions(options: LayersOptions = {}): ResolvedLayersOptions {
  const layers = new Set(options.layers ?? LAYER_NAMES);
  if (layers.size === 0) throw new DioramaError('REQUEST_INVALID', 'No layer was asked for.');
  for (const layer of layers) {
    if (LAYER_NAMES.includes(layer)) continue;
    throw new DioramaError(
      'REQUEST_INVALID',
      `There is no layer '${layer}'; the layers are ${LAYER_NAMES.join(', ')}.`,
    );
  }
  const formats = { ...DEFAULT_LAYER_FORMATS, ...options.formats };
  const { cutout } = options;
  const isOpaque = cutout?.isAlphaApart === true;
  if (layers.has('subject') && formats.subject === 'jpeg' && !isOpaque) {
    throw new DioramaError(
      'REQUEST_INVALID',
      'JPEG cannot hold the transparency of a subject; choose png, webp, avif or tiff.',
    );
  }
  const { within = {} } = options;
  checkWhole('size', within.widthPx, 1, MAX_SIZE_PX);
  checkWhole('size', within.heightPx, 1, MAX_SIZE_PX);
  checkWhole('size', within.pixels, 1, MAX_SIZE_PX ** 2);
  checkWhole('quality', options.quality, 1, 100);
  if (cutout !== undefined) {
    checkCutout(cutout);
    if (layers.has('depth') || layers.has('plate') || options.plateDepth === true) {
      throw new DioramaError('REQUEST_INVALID', 'A cut-out has a subject and a matte alone.');
    }
  }
  return {
    layers,
    formats,
    within,
    ...(options.quality === undefined ? {} : { quality: options.quality }),
    lossless: options.lossless ?? false,
    plateDepth: options.plateDepth ?? false,
    ...(cutout === undefined ? {} : { cutout }),
  };
}

/** What the network must answer for the layers asked for: a depth's jumps are snapped to the matte. */
export function wantedTasks(options: ResolvedLayersOptions): readonly ModelTask[] {
  return options.layers.has('depth') || options.plateDepth ? ['depth', 'matte'] : ['matte'];
}

function checkWhole(name: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
  throw new DioramaError(
    'REQUEST_INVALID',
    `Expected ${name} to be a whole number from ${low} to ${high} but received ${value}.`,
  );
}
