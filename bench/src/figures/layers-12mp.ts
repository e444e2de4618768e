import { type OpenedPhoto, openPhoto } from '@diorama/photo-io';
import { createLocalPredictor, fitModelSize, type PredictRequest } from '@diorama/runtime';
import { answeredRasters, encodeAgain } from '../answered-rasters.ts';
import type { Figure } from '../figure.ts';
import { interleave } from '../interleave.ts';
import { PHOTO_12MP } from '../photo-source.ts';
import { atMost } from '../row.ts';
import { median, relativeSpread } from '../statistics.ts';

const WARM_UPS = 3;
const ROUNDS = 9;

/**
 * The whole against what nobody can leave out: decoding the photo in full, running the model, and encoding the
 * very files of the answer, each alone, one after another. Threads let the whole go below the sum.
 */
export const LAYERS_12MP: Figure = {
  ids: [
    'layers-12mp-ratio',
    'layers-12mp-ms',
    'layers-12mp-decode-ms',
    'layers-12mp-model-ms',
    'layers-12mp-encode-ms',
  ],
  measure: async (bench) => {
    const diorama = await bench.diorama();
    const bytes = await bench.photos.jpeg(PHOTO_12MP);
    const opened = await openPhoto(bytes);
    const predictor = await createLocalPredictor();
    try {
      const request = await modelRequest(opened, fitModelSize(predictor.card, PHOTO_12MP));
      const rasters = await answeredRasters(await diorama.layers(bytes));
      const times = await interleave(
        {
          decode: () => openPhoto(bytes).then((photo) => photo.decode()),
          model: () => predictor.predict(request),
          encode: () => encodeAgain(rasters),
          whole: () => diorama.layers(bytes),
        },
        { warmUps: WARM_UPS, rounds: ROUNDS },
      );
      const decode = median(times.decode);
      const model = median(times.model);
      const encode = median(times.encode);
      const whole = median(times.whole);
      const noise = (values: readonly number[]) =>
        `middle half within ${(100 * relativeSpread(values)).toFixed(0)} %`;
      const ms = (id: string, what: string, values: readonly number[]) => ({
        id: `layers-12mp-${id}`,
        what,
        value: median(values),
        unit: 'ms',
        note: noise(values),
      });
      return [
        {
          id: 'layers-12mp-ratio',
          what: '12 MP JPEG to all four layers, over the sum of decode, model and encode alone',
          value: whole / (decode + model + encode),
          unit: '×',
          target: atMost(1.25),
          note: `medians of ${ROUNDS}`,
        },
        ms('ms', '12 MP JPEG to all four layers at full size, warm', times.whole),
        ms('decode-ms', 'its full decode alone', times.decode),
        ms('model-ms', 'its model run alone', times.model),
        ms('encode-ms', 'encoding the same files alone, one after another', times.encode),
      ];
    } finally {
      await predictor.dispose();
    }
  },
};

async function modelRequest(
  photo: OpenedPhoto,
  size: { readonly width: number; readonly height: number },
): Promise<PredictRequest> {
  const { colour } = await photo.decode({ size });
  return { image: colour, wanted: ['depth', 'matte'] };
}
