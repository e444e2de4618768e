import type { LayersDocument, Recipe } from '@diorama/contract';
import type { Size } from '@diorama/core';

/** What can be had of a photo as a file. */
export const EXPORT_KINDS = [
  'picture',
  'cut-out',
  'on-colour',
  'photo',
  'plate',
  'matte',
  'depth',
  'plate-depth',
  'layers',
  'psd',
  'mesh',
  'points',
] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export const PICTURE_FORMATS = ['png', 'jpeg', 'webp', 'avif'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];
export type FileFormat = PictureFormat | 'zip' | 'psd' | 'glb' | 'ply';

/** What a person chose. */
export interface ExportChoice {
  readonly kind: ExportKind;
  /** Of pictures; kinds that have one format take that. */
  readonly format: PictureFormat;
  /** 1..100, for formats that lose something. */
  readonly quality: number;
  /** WebP without loss. */
  readonly isLossless: boolean;
  /** The longer side in pixels, `Infinity` for the photo's own. A photo is never enlarged. */
  readonly longSide: number;
  /** Behind the subject for `on-colour`, as `#rrggbb`. */
  readonly colour: string;
  /** Of `mesh` and `points`: along the longer side. */
  readonly columns: number;
}

/** What is to be made of a photo. */
export interface ExportOrder {
  readonly choice: ExportChoice;
  readonly recipe: Recipe;
  /** What the network said that a file tells on, and what answered. */
  readonly depth: LayersDocument['depth'];
  readonly focalLength35mm?: number | undefined;
  /** Of a mesh or points: distance of the farthest point in metres, the nearest being at 1. */
  readonly farthest: number;
}

/** What a file is being made of now, in order. */
export const EXPORT_STEPS = ['photo', 'layers', 'effects', 'write'] as const;
export type ExportStep = (typeof EXPORT_STEPS)[number];

/** A finished file. */
export interface ExportedFile {
  /** Absent where it was written to where the person wished it to be. */
  readonly blob?: Blob | undefined;
  readonly bytes: number;
  readonly size: Size;
}
