import { type Colour, colourSchema, type LayerFormat, PREVIEW_PIXELS } from '@diorama/contract';
import type { Cutout, LayersOptions } from '@diorama/engine';
import type { FieldPlan, Fields } from '../body/fields.ts';
import { hexOfColourName } from './colour-names.ts';
import { type RequestFault, requestFault } from './faults.ts';
import { readMargins, readPosition, readRegion, readScale } from './measures.ts';

/** The fields that are read; others, such as `type` and all about shadows, change nothing here. */
export const REMOVEBG_FIELDS: FieldPlan = {
  texts: [
    'image_url',
    'size',
    'type_level',
    'format',
    'roi',
    'crop',
    'crop_margin',
    'scale',
    'position',
    'channels',
    'semitransparency',
    'bg_color',
    'bg_image_url',
  ],
  files: ['image_file', 'bg_image_file'],
  base64Files: ['image_file_b64'],
};

/** A picture that a request brought, or the address of one. */
export type PictureSource = { readonly bytes: Uint8Array } | { readonly url: string };

/** What a request to remove.bg's route wants. */
export interface RemoveBgOrder {
  readonly image: PictureSource;
  /** Laid behind the subject; nothing if absent. */
  readonly background?: { readonly colour: Colour } | PictureSource;
  readonly isArchive: boolean;
  /** All but the background, which may have to be fetched. */
  readonly options: LayersOptions;
  /** Whether to say what kind of thing the subject is. */
  readonly hasType: boolean;
}

const MEGAPIXEL = 1_000_000;
/** The most pixels of an answer by `size`. */
const SIZE_PIXELS: Readonly<Record<string, number>> = {
  preview: PREVIEW_PIXELS,
  small: PREVIEW_PIXELS,
  regular: PREVIEW_PIXELS,
  medium: 1.5 * MEGAPIXEL,
  hd: 4 * MEGAPIXEL,
  full: 25 * MEGAPIXEL,
  '4k': 25 * MEGAPIXEL,
  auto: 25 * MEGAPIXEL,
  '50MP': 50 * MEGAPIXEL,
};
/** No PNG is larger, whatever its `size`. */
const PNG_PIXELS = 10 * MEGAPIXEL;
const FORMATS = ['auto', 'png', 'jpg', 'webp', 'zip'] as const;
const WHITE: Colour = { red: 255, green: 255, blue: 255, alpha: 255 };

/** What the fields of a request say. @throws DioramaError `REQUEST_INVALID` with remove.bg's code for the first fault */
export function readRemoveBgOrder(fields: Fields): RemoveBgOrder {
  const { texts } = fields;
  const image = readImage(fields);
  const background = readBackground(fields);
  const channels = oneOf(texts.get('channels') ?? 'rgba', ['rgba', 'alpha'], 'invalid_channels');
  const wanted = oneOf(texts.get('format') ?? 'auto', FORMATS, 'invalid_format');
  readFlag(texts.get('semitransparency'), 'invalid_semitransparency');
  const isOpaque = background !== undefined && channels === 'rgba' && !isClear(background);
  const format = wanted === 'auto' ? (isOpaque ? 'jpg' : 'png') : wanted;
  const sizePixels = SIZE_PIXELS[texts.get('size') ?? 'preview'];
  if (sizePixels === undefined) throw requestFault('invalid_size');
  const options: LayersOptions = {
    ...layersOf(format, channels),
    within: { pixels: format === 'png' ? Math.min(sizePixels, PNG_PIXELS) : sizePixels },
    cutout: { ...readCutout(texts), isAlphaApart: format === 'zip' },
  };
  const isArchive = format === 'zip';
  const hasType = texts.get('type_level') !== 'none';
  const order = { image, isArchive, options, hasType };
  // A mask has no background, and whoever asks for an archive composes it.
  if (channels === 'alpha' || isArchive) return order;
  if (background !== undefined) return { ...order, background };
  return format === 'jpg' ? { ...order, background: { colour: WHITE } } : order;
}

function readImage({ texts, files }: Fields): PictureSource {
  const url = texts.get('image_url');
  const found: PictureSource[] = [files.get('image_file'), files.get('image_file_b64')].flatMap(
    (bytes) => (bytes === undefined ? [] : [{ bytes }]),
  );
  if (url !== undefined) found.push({ url });
  const [image, ...more] = found;
  if (more.length > 0) throw requestFault('multiple_sources');
  if (image !== undefined) return image;
  throw requestFault(
    'missing_source',
    'Please provide the source image in the image_url, image_file or image_file_b64 parameter.',
  );
}

function readBackground({ texts, files }: Fields): RemoveBgOrder['background'] {
  const name = texts.get('bg_color');
  const url = texts.get('bg_image_url');
  const bytes = files.get('bg_image_file');
  const given = [name, url, bytes].filter((source) => source !== undefined);
  if (given.length > 1) throw requestFault('multiple_bg_sources');
  if (bytes !== undefined) return { bytes };
  if (url !== undefined) return { url };
  if (name === undefined) return undefined;
  const parsed = colourSchema.safeParse(hexOfColourName(name) ?? name);
  if (!parsed.success) {
    throw requestFault(
      'invalid_bg_color',
      'Expected bg_color as 3, 4, 6 or 8 hexadecimal digits, or the name of a colour.',
    );
  }
  return { colour: parsed.data };
}

function isClear(background: NonNullable<RemoveBgOrder['background']>): boolean {
  return 'colour' in background && background.colour.alpha < 255;
}

function readCutout(texts: ReadonlyMap<string, string>): Cutout {
  const scale = readScale(texts.get('scale') ?? 'original');
  // The reference: scaling the subject implies the centre, unless a position is given.
  const position = readPosition(texts.get('position') ?? (scale ? 'center' : 'original'));
  const margins = readMargins(texts.get('crop_margin') ?? '0');
  const roi = texts.get('roi');
  return {
    ...(roi === undefined ? {} : { region: readRegion(roi) }),
    ...(scale === undefined ? {} : { scale }),
    ...(position === undefined ? {} : { position }),
    ...(readFlag(texts.get('crop'), 'invalid_crop') ? { margins } : {}),
  };
}

function layersOf(
  format: Exclude<(typeof FORMATS)[number], 'auto'>,
  channels: 'rgba' | 'alpha',
): Pick<LayersOptions, 'layers' | 'formats'> {
  if (format === 'zip') {
    const formats = { matte: 'png', subject: 'jpeg' } as const;
    return { layers: ['matte', 'subject'], formats };
  }
  const layer = channels === 'alpha' ? 'matte' : 'subject';
  const file: LayerFormat = format === 'jpg' ? 'jpeg' : format;
  return { layers: [layer], formats: { [layer]: file } };
}

function readFlag(text: string | undefined, fault: RequestFault): boolean {
  const word = text?.toLowerCase() ?? 'false';
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  throw requestFault(fault, 'Expected true or false.');
}

function oneOf<T extends string>(text: string, values: readonly T[], fault: RequestFault): T {
  const found = values.find((value) => value === text.toLowerCase());
  if (found !== undefined) return found;
  throw requestFault(fault, `Expected one of ${values.join(', ')}.`);
}
