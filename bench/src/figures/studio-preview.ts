import { CHROMIUM_MISSING, findChromium } from '@diorama/browser';
import type { Figure } from '../figure.ts';
import { PHOTO_12MP } from '../photo-source.ts';
import { atMost } from '../row.ts';
import { median, relativeSpread } from '../statistics.ts';
import { openStudioBench } from '../studio-bench.ts';

const PREVIEW = {
  id: 'studio-preview-ms',
  what: 'studio, on device and warm: from the drop of a 12 MP JPEG to the first preview',
};
const LAYERS = { id: 'studio-layers-ms', what: 'the same to all layers at 2048 pixels' };
const SCRIPT = {
  id: 'studio-script-kb',
  what: "studio: the page's own JavaScript, packed, up to the layers of a photo",
};
const DROPS = 5;

/** The built studio in a real browser, the network in it. */
export const STUDIO_PREVIEW: Figure = {
  ids: [PREVIEW.id, LAYERS.id, SCRIPT.id],
  measure: async (bench) => {
    if (findChromium() === undefined) {
      return [PREVIEW, LAYERS, SCRIPT].map((row) => ({
        ...row,
        value: null,
        unit: '',
        note: CHROMIUM_MISSING,
      }));
    }
    const photo = await bench.photos.jpeg(PHOTO_12MP);
    const studio = await openStudioBench(await bench.diorama());
    try {
      const scriptBytes = await studio.scriptBytes(photo);
      const drops = await studio.drop(photo, DROPS);
      const previews = drops.map(({ previewMs }) => previewMs);
      const spread = (100 * relativeSpread(previews)).toFixed(0);
      const note = `median of ${DROPS}, middle half within ${spread} %`;
      return [
        { ...PREVIEW, value: median(previews), unit: 'ms', target: atMost(1000), note },
        { ...LAYERS, value: median(drops.map(({ layersMs }) => layersMs)), unit: 'ms' },
        { ...SCRIPT, value: scriptBytes / 1000, unit: 'kB', target: atMost(350) },
      ];
    } finally {
      await studio.close();
    }
  },
};
