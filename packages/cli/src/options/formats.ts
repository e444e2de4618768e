import { LAYER_FORMATS, LAYER_NAMES, type LayerFormat, type LayerName } from '@diorama/contract';
import { InvalidArgumentError } from 'commander';
import { formatOfEnding } from '../store/layer-files.ts';

export type LayerFormats = Partial<Record<LayerName, LayerFormat>>;

/** `matte,depth`, each once. */
export function parseLayers(text: string): readonly LayerName[] {
  const layers = text.split(',').map((name) => asLayer(name.trim()));
  return LAYER_NAMES.filter((layer) => layers.includes(layer));
}

/** One more `layer=format` on top of those before. */
export function collectFormat(text: string, before: LayerFormats = {}): LayerFormats {
  const formats = { ...before };
  for (const pair of text.split(',')) {
    const [layer = '', format] = pair.split('=');
    if (format === undefined) {
      throw new InvalidArgumentError('Expected layer=format, such as depth=tiff.');
    }
    formats[asLayer(layer.trim())] = parseFormat(format.trim());
  }
  return formats;
}

/** `png`, `jpeg` or `jpg`, `webp`, `avif`, `tiff` or `tif`. */
export function parseFormat(text: string): LayerFormat {
  const small = text.toLowerCase();
  const format = LAYER_FORMATS.find((name) => name === small) ?? formatOfEnding(`.${small}`);
  if (format) return format;
  throw new InvalidArgumentError(`The formats are ${LAYER_FORMATS.join(', ')}.`);
}

function asLayer(text: string): LayerName {
  const layer = LAYER_NAMES.find((name) => name === text);
  if (layer) return layer;
  throw new InvalidArgumentError(`The layers are ${LAYER_NAMES.join(', ')}.`);
}
