import { type Size, sizeWithin } from '@diorama/core';
import type { ExportChoice, ExportKind, PictureFormat } from './export-order.ts';
import { formatOf } from './file-format.ts';
import { longSideOf } from './size-limits.ts';

/** What is exported, in the order in which it is offered. */
export const EXPORT_GROUPS = ['picture', 'layers', 'space', 'movie'] as const;
export type ExportGroup = (typeof EXPORT_GROUPS)[number];
export type FileGroup = Exclude<ExportGroup, 'movie'>;

/** The kinds of a group, the first of which is chosen at first. */
export const KINDS_OF_GROUP = {
  picture: ['picture', 'cut-out', 'on-colour'],
  layers: ['layers', 'psd', 'depth', 'matte', 'plate', 'plate-depth', 'photo'],
  space: ['mesh', 'points'],
} as const satisfies Readonly<Record<FileGroup, readonly ExportKind[]>>;

/** Longer sides that are offered beside the photo's own, in pixels. */
export const LONG_SIDES = ['4096', '2048', '1080'] as const;
export type LongSideChoice = 'full' | (typeof LONG_SIDES)[number] | 'own';

/** What the tool is set to; it stays while the person does something else. */
export interface ExportSettings {
  readonly group: ExportGroup;
  readonly kinds: Readonly<Record<FileGroup, ExportKind>>;
  readonly format: PictureFormat;
  readonly qualities: Readonly<Record<Exclude<PictureFormat, 'png'>, number>>;
  readonly isLossless: boolean;
  readonly longSide: LongSideChoice;
  /** In pixels, for `own`. */
  readonly ownLongSide: number;
  readonly colour: string;
  readonly meshColumns: number;
  readonly pointColumns: number;
}

/** The encoders mean different things by the same number; these look alike. */
export const STANDARD_EXPORT: ExportSettings = {
  group: 'picture',
  kinds: { picture: 'picture', layers: 'layers', space: 'mesh' },
  format: 'png',
  qualities: { jpeg: 90, webp: 85, avif: 65 },
  isLossless: false,
  longSide: 'full',
  ownLongSide: 1600,
  colour: '#ffffff',
  meshColumns: 512,
  pointColumns: 1024,
};

/** The settings as a choice; nothing for a movie, which is made otherwise. */
export function choiceOf(settings: ExportSettings): ExportChoice | undefined {
  if (settings.group === 'movie') return undefined;
  const kind = settings.kinds[settings.group];
  const format = formatOf({ kind, format: settings.format });
  const isPicture = format === 'jpeg' || format === 'webp' || format === 'avif';
  return {
    kind,
    format: isPicture ? format : 'png',
    quality: isPicture ? settings.qualities[format] : 100,
    isLossless: canBeLossless(kind, format) && settings.isLossless,
    longSide: chosenLongSide(settings),
    colour: settings.colour,
    columns: kind === 'points' ? settings.pointColumns : settings.meshColumns,
  };
}

/** Whether a file can be WebP without loss. One that is transparent would lose colours, since a canvas makes it. */
export function canBeLossless(kind: ExportKind, format: string): boolean {
  return format === 'webp' && kind !== 'cut-out';
}

/** The size in pixels of what a choice makes of a photo. */
export function sizeOf(
  choice: Pick<ExportChoice, 'kind' | 'longSide' | 'columns'>,
  photo: Size,
): Size {
  return sizeWithin(photo, longSideOf(choice));
}

function chosenLongSide({ longSide, ownLongSide }: ExportSettings): number {
  if (longSide === 'full') return Number.POSITIVE_INFINITY;
  return longSide === 'own' ? Math.max(1, Math.round(ownLongSide)) : Number(longSide);
}
