import type { Place } from './flow-strokes.ts';

/** What flows and what is held; the same words as in a recipe. Places are shares of both sides of the photo. */
export interface CinemagraphOptions {
  readonly layer: 'plate' | 'subject';
  readonly arrows: readonly (readonly Place[])[];
  readonly anchors: readonly Place[];
  /** `radius` is a share of the photo's longer side. */
  readonly freeze: readonly { readonly radius: number; readonly points: readonly Place[] }[];
  /** 1: as far in one loop as an arrow is long. */
  readonly speed: number;
  /** How far around an arrow things flow, as a share of the photo's longer side. */
  readonly reach?: number | undefined;
}
