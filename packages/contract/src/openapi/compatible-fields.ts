import type { WireSchema } from '../wire-schema.ts';
import type { Parameter } from './document-types.ts';

const LENGTH = '[0-9]{1,5}([.][0-9]{1,4})?(px|%)';
const flag = { type: 'boolean' } as const;

/** The fields of remove.bg's request that are texts, as a JSON object has them. */
export function removeBgFields(): Readonly<Record<string, WireSchema>> {
  return {
    image_url: { type: 'string', description: 'Address of the photo.' },
    image_file_b64: {
      type: 'string',
      contentEncoding: 'base64',
      description: 'The photo in base64.',
    },
    size: {
      type: 'string',
      enum: ['preview', 'small', 'regular', 'medium', 'hd', 'full', '4k', 'auto', '50MP'],
      default: 'preview',
      description: 'The most pixels of the answer.',
    },
    type: { type: 'string', description: 'Kind of subject; changes nothing here.' },
    type_level: { type: 'string', description: '`none` leaves out `X-Type`.' },
    format: {
      type: 'string',
      enum: ['auto', 'png', 'jpg', 'webp', 'zip'],
      default: 'auto',
      description: 'Of the picture; `zip` holds colours and alpha apart.',
    },
    roi: {
      type: 'string',
      pattern: `^${LENGTH}( ${LENGTH}){3}$`,
      description: 'Region that may hold the subject: `x1 y1 x2 y2`, each with `px` or `%`.',
    },
    crop: { ...flag, description: 'Whether to lose what is not around the subject.' },
    crop_margin: {
      type: 'string',
      description: 'Room that a crop leaves: one, two or four lengths with `px` or `%`.',
    },
    scale: { type: 'string', description: '`original`, or `10%` to `100%` of the canvas.' },
    position: {
      type: 'string',
      description: '`original`, `center`, or one or two values from `0%` to `100%`.',
    },
    channels: {
      type: 'string',
      enum: ['rgba', 'alpha'],
      default: 'rgba',
      description: 'The picture, or its mask alone.',
    },
    semitransparency: { ...flag, description: 'Changes nothing: every matte here is soft.' },
    bg_color: {
      type: 'string',
      description: 'Colour behind the subject: hexadecimal digits or a name of CSS.',
    },
    bg_image_url: { type: 'string', description: 'Address of a picture to lay behind it.' },
  };
}

/** The options of rembg besides its file, as it has them in the query. */
export function rembgOptions(): readonly Parameter[] {
  const level = { type: 'integer', minimum: 0, maximum: 255 } as const;
  const same = 'Held to its range; changes nothing, since every matte here is soft and clean.';
  return [
    option('model', 'A model of rembg or of this server.', { type: 'string' }),
    option('a', same, flag),
    option('af', same, level),
    option('ab', same, level),
    option('ae', same, { type: 'integer', minimum: 0 }),
    option('om', 'The mask alone.', flag),
    option('ppm', same, flag),
    option('bgc', 'Colour behind the subject: `r,g,b,a`, 0 to 255 each.', {
      type: 'string',
      pattern: '^( *[0-9]{1,3} *(, *[0-9]{1,3} *){2,3})?$',
    }),
    option('extras', 'Changes nothing.', { type: 'string' }),
  ];
}

function option(name: string, description: string, schema: WireSchema): Parameter {
  return { name, in: 'query', description, schema };
}
