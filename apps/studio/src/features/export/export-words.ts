import type { ExportKind, ExportStep, PictureFormat } from '../../engine/export/export-order.ts';
import type { ExportGroup } from '../../engine/export/export-settings.ts';

export const GROUP_WORDS: Readonly<Record<ExportGroup, string>> = {
  picture: 'Picture',
  layers: 'Layers',
  space: '3-D',
  movie: 'Movie',
};

interface KindWords {
  readonly label: string;
  readonly about: string;
}

export const KIND_WORDS: Readonly<Record<ExportKind, KindWords>> = {
  picture: { label: 'Picture', about: 'As it is now, with all effects' },
  'cut-out': { label: 'Cut-out', about: 'The subject, transparent around it' },
  'on-colour': { label: 'Cut-out on a colour', about: 'The subject before one colour' },
  layers: { label: 'All layers', about: 'ZIP of PNG files and layers.json' },
  psd: { label: 'Layers for an editor', about: 'PSD: subject with its mask, plate' },
  depth: { label: 'Depth', about: 'PNG of 16 bits: white is near' },
  matte: { label: 'Matte', about: 'PNG of 8 bits: white is subject' },
  plate: { label: 'Plate', about: 'What is behind the subject' },
  'plate-depth': { label: 'Plate depth', about: 'PNG of 16 bits: without the subject' },
  photo: { label: 'Photo', about: 'As it came, without its metadata' },
  mesh: { label: 'Mesh', about: 'GLB: plate and subject as surfaces' },
  points: { label: 'Points', about: 'PLY: a cloud of coloured points' },
};

export const FORMAT_WORDS: Readonly<
  Record<PictureFormat, { readonly label: string; readonly hint: string }>
> = {
  png: { label: 'PNG', hint: 'Without loss' },
  jpeg: { label: 'JPEG', hint: 'Opens everywhere' },
  webp: { label: 'WebP', hint: 'Small, opens in browsers' },
  avif: { label: 'AVIF', hint: 'Smallest, takes longest' },
};

export const EXPORT_STEP_WORDS: Readonly<Record<ExportStep, string>> = {
  photo: 'Opening the photo at full size',
  layers: 'Making the layers',
  effects: 'Applying the effects',
  write: 'Writing the file',
};

/** Bytes as a person says them. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
