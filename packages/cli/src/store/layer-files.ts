import { LAYER_NAMES, type LayerFormat } from '@diorama/contract';

/** The file that describes the layers beside it. Its presence makes a folder one of layers. */
export const LAYERS_FILE = 'layers.json';

/** The endings that say a format; the first of each is the one we write. */
export const FORMAT_ENDINGS: Readonly<Record<LayerFormat, readonly string[]>> = {
  png: ['.png'],
  jpeg: ['.jpg', '.jpeg'],
  webp: ['.webp'],
  avif: ['.avif'],
  tiff: ['.tif', '.tiff'],
};

/** The format that an ending such as `.jpg` asks for. */
export function formatOfEnding(ending: string): LayerFormat | undefined {
  const small = ending.toLowerCase();
  for (const [format, endings] of Object.entries(FORMAT_ENDINGS)) {
    if (endings.includes(small)) return format as LayerFormat; // a key of FORMAT_ENDINGS
  }
  return undefined;
}

const STEMS: ReadonlySet<string> = new Set([...LAYER_NAMES, 'plate-depth']);

/** Whether a file in a folder of layers is one that Diorama puts there. */
export function isLayerFile(name: string): boolean {
  if (name === LAYERS_FILE) return true;
  const dot = name.lastIndexOf('.');
  return dot > 0 && STEMS.has(name.slice(0, dot)) && formatOfEnding(name.slice(dot)) !== undefined;
}
