import type { ExportChoice, ExportKind, FileFormat, PictureFormat } from './export-order.ts';

const OPAQUE: readonly PictureFormat[] = ['png', 'jpeg', 'webp', 'avif'];

/** Pictures of a kind can be written as these; none for a kind with a format of its own. */
const FORMATS_OF_KIND: Readonly<Record<ExportKind, readonly PictureFormat[]>> = {
  picture: OPAQUE,
  // JPEG knows no transparency.
  'cut-out': ['png', 'webp', 'avif'],
  'on-colour': OPAQUE,
  photo: OPAQUE,
  plate: OPAQUE,
  // Samples that are no colours: each of them counts.
  matte: ['png'],
  depth: ['png'],
  'plate-depth': ['png'],
  layers: [],
  psd: [],
  mesh: [],
  points: [],
};

const FORMAT_OF_KIND: Readonly<Partial<Record<ExportKind, FileFormat>>> = {
  layers: 'zip',
  psd: 'psd',
  mesh: 'glb',
  points: 'ply',
};

const MEDIA_TYPES: Readonly<Record<FileFormat, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  zip: 'application/zip',
  psd: 'image/vnd.adobe.photoshop',
  glb: 'model/gltf-binary',
  ply: 'application/octet-stream',
};

/** What is put behind the photo's name; nothing for the picture, whose ending tells it from the photo as a rule. */
const NAME_PARTS: Readonly<Record<ExportKind, string>> = {
  picture: 'picture',
  'cut-out': 'cut-out',
  'on-colour': 'on-colour',
  photo: 'photo',
  plate: 'plate',
  matte: 'matte',
  depth: 'depth',
  'plate-depth': 'plate-depth',
  layers: 'layers',
  psd: 'layers',
  mesh: 'mesh',
  points: 'points',
};

/** The formats in which a picture of a kind can be written, the usual one first. */
export function formatsOf(kind: ExportKind): readonly PictureFormat[] {
  return FORMATS_OF_KIND[kind];
}

/** The format in which a choice is written: the chosen one where its kind can have it. */
export function formatOf({ kind, format }: Pick<ExportChoice, 'kind' | 'format'>): FileFormat {
  const own = FORMAT_OF_KIND[kind];
  if (own) return own;
  const possible = FORMATS_OF_KIND[kind];
  return possible.includes(format) ? format : (possible[0] ?? 'png');
}

export function mediaTypeOf(format: FileFormat): string {
  return MEDIA_TYPES[format];
}

/** A file's name from that of the photo: `lions.jpg` as a cut-out is `lions-cut-out.png`. */
export function fileNameOf(
  photoName: string,
  choice: Pick<ExportChoice, 'kind' | 'format'>,
): string {
  const format = formatOf(choice);
  const ending = format === 'jpeg' ? 'jpg' : format;
  const base = photoName.replace(/\.[^.]{1,5}$/, '') || 'photo';
  return `${base}-${NAME_PARTS[choice.kind]}.${ending}`;
}
