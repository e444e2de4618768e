import { type OpenedPhoto, openPhoto } from '@diorama/photo-io';
import { createLocalPredictor, fitModelSize, type PredictRequest } from '@diorama/runtime';
import { answeredRasters, encodeAgain } from '../answered-rasters.ts';
import type { Figure } from '../figure.ts';
import { cpuTimes, interleave, type Sample, wallTimes } from '../interleave.ts';
import { PHOTO_12MP } from '../photo-source.ts';
import { atMost, type Measured } from '../row.ts';
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
    'layers-12mp-cpu-ratio',
  ],
  measure: async (bench) => {
    const diorama = await bench.diorama();
    const bytes = await bench.photos.jpeg(PHOTO_12MP);
    const opened = await openPhoto(bytes);
    const predictor = await createLocalPredictor();
    try {
      const request = await modelRequest(opened, fitModelSize(predictor.card, PHOTO_12MP));
      const rasters = await answeredRasters(await diorama.layers(bytes));
      const samples = await interleave(
        {
          decode: () => openPhoto(bytes).then((photo) => photo.decode()),
          model: () => predictor.predict(request),
          encode: () => encodeAgain(rasters),
          whole: () => diorama.layers(bytes),
        },
        { warmUps: WARM_UPS, rounds: ROUNDS },
      );
      const { decode, model, encode, whole } = samples;
      const ratioOf = (times: (samples: readonly Sample[]) => number[]) =>
        median(times(whole)) /
        (median(times(decode)) + median(times(model)) + median(times(encode)));
      return [
        {
          id: 'layers-12mp-ratio',
          what: '12 MP JPEG to all four layers, over the sum of decode, model and encode alone',
          value: ratioOf(wallTimes),
          unit: '×',
          target: atMost(1.25),
          note: `medians of ${ROUNDS}`,
        },
        inMs('ms', '12 MP JPEG to all four layers at full size, warm', whole),
        inMs('decode-ms', 'its full decode alone', decode),
        inMs('model-ms', 'its model run alone', model),
        inMs('encode-ms', 'encoding the same files alone, one after another', encode),
        {
          id: 'layers-12mp-cpu-ratio',
          what: 'the first ratio in processor time of all threads instead of wall time',
          value: ratioOf(cpuTimes),
          unit: '×',
          note: `${median(cpuTimes(whole)).toFixed(0)} ms for the whole`,
        },
      ];
    } finally {
      await predictor.dispose();
    }
  },
};

function inMs(id: string, what: string, samples: readonly Sample[]): Measured {
  const times = wallTimes(samples);
  const noise = `middle half within ${(100 * relativeSpread(times)).toFixed(0)} %`;
  return { id: `layers-12mp-${id}`, what, value: median(times), unit: 'ms', note: noise };
}

async function modelRequest(
  photo: OpenedPhoto,
  size: { readonly width: number; readonly height: number },
): Promise<PredictRequest> {
  const { colour } = await photo.decode({ size });
  return { image: colour, wanted: ['depth', 'matte'] };
}
