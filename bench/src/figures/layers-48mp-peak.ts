import { z } from 'zod';
import { runChild } from '../child-process.ts';
import type { Figure } from '../figure.ts';
import { PHOTO_48MP } from '../photo-source.ts';
import { atMost } from '../row.ts';

const ROUNDS = 3;
const BYTES_PER_MB = 1e6;

const answerSchema = z.object({
  peakBytes: z.number().positive(),
  files: z.literal(4),
  width: z.literal(PHOTO_48MP.width),
  height: z.literal(PHOTO_48MP.height),
});

/** Resident memory at its highest while a fresh process answers one photo of 48 megapixels with all layers. */
export const LAYERS_48MP_PEAK: Figure = {
  ids: ['layers-48mp-peak-mb'],
  measure: async (bench) => {
    const bytes = await bench.photos.jpeg(PHOTO_48MP);
    let worst = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { value } = await runChild('peak-memory', bytes);
      worst = Math.max(worst, answerSchema.parse(value).peakBytes);
    }
    return [
      {
        id: 'layers-48mp-peak-mb',
        what: 'highest resident memory of a fresh process that answers one 48 MP JPEG with all layers',
        value: worst / BYTES_PER_MB,
        unit: 'MB',
        target: atMost(1000),
        note: `worst of ${ROUNDS}; 1 MB is 1,000,000 bytes`,
      },
    ];
  },
};
