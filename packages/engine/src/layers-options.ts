import type {
  Colour,
  CropMargin,
  LayerFormat,
  LayerName,
  ModelTask,
  SizeLimit,
  Split,
} from '@diorama/contract';
import { LAYER_NAMES } from '@diorama/contract/layer-terms';
import type { PredictTerms } from '@diorama/runtime';
import { checkLayersOptions } from './check-layers-options.ts';
import type { Cutout } from './cutout/cutout-options.ts';

/** What lies behind a subject: one colour, or a picture (the bytes of its file) that covers all of it. */
export type Background = { readonly colour: Colour } | { readonly picture: Uint8Array };

/** What to make of a photo. */
export interface LayersOptions {
  /** Which layers; all four by default. */
  readonly layers?: readonly LayerName[];
  /** The format of each; PNG, and JPEG for the plate, by default. A subject can be JPEG on an opaque background only. */
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
  /**
   * Cuts what is not around the subject off all layers, and leaves so much room around it: pixels of the answer, at most
   * 10000, or a share (0..1) of the subject's longer side. Nothing is cut where there is no subject.
   */
  readonly cropMargin?: CropMargin;
  /** Id of an open model that is asked before the others for what it can do. */
  readonly model?: string;
  /** Lays the subject and its matte out on a canvas of their own; only these two can be asked for then. */
  readonly cutout?: Cutout;
  /** What a predictor that is elsewhere wants to know. */
  readonly terms?: PredictTerms;
}

/** The same with the defaults filled in; what has none stays as it is. */
export interface ResolvedLayersOptions extends Omit<LayersOptions, 'layers'> {
  readonly layers: ReadonlySet<LayerName>;
  readonly formats: Readonly<Record<LayerName, LayerFormat>>;
  readonly within: SizeLimit;
  readonly lossless: boolean;
  readonly plateDepth: boolean;
  readonly split: Split;
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
 * @throws DioramaError `REQUEST_INVALID` for what cannot be made, such as a JPEG of a subject without a background.
 */
export function resolveLayersOptions(options: LayersOptions = {}): ResolvedLayersOptions {
  const resolved: ResolvedLayersOptions = {
    ...options,
    layers: new Set(options.layers ?? LAYER_NAMES),
    formats: { ...DEFAULT_LAYER_FORMATS, ...options.formats },
    within: options.within ?? {},
    lossless: options.lossless ?? false,
    plateDepth: options.plateDepth ?? false,
    split: options.split ?? 'subject',
  };
  checkLayersOptions(resolved);
  return resolved;
}

/**
 * What the networks must answer for the layers asked for: the matte always, since a depth's jumps are snapped to it and
 * every answer says whether there is a subject.
 */
export function wantedTasks(options: ResolvedLayersOptions): readonly ModelTask[] {
  const { layers, plateDepth, split } = options;
  const needsDepth = layers.has('depth') || plateDepth || split !== 'subject';
  return needsDepth ? ['depth', 'matte'] : ['matte'];
}
