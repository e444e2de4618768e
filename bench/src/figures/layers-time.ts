import type { Size } from '@diorama/core';
import type { Figure } from '../figure.ts';
import { interleave, wallTimes } from '../interleave.ts';
import { median, relativeSpread } from '../statistics.ts';

/** The time of all four layers of a photo of one size, warm. */
export function layersTime(options: {
  readonly id: string;
  readonly size: Size;
  readonly warmUps: number;
  readonly rounds: number;
}): Figure {
  const { id, size, warmUps, rounds } = options;
  return {
    ids: [id],
    measure: async (bench) => {
      const diorama = await bench.diorama();
      const bytes = await bench.photos.jpeg(size);
      const samples = await interleave({ whole: () => diorama.layers(bytes) }, { warmUps, rounds });
      const whole = wallTimes(samples.whole);
      const noise = (100 * relativeSpread(whole)).toFixed(0);
      return [
        {
          id,
          what: `${size.width}x${size.height} JPEG to all four layers at full size, warm`,
          value: median(whole),
          unit: 'ms',
          note: `median of ${rounds}, middle half within ${noise} %`,
        },
      ];
    },
  };
}
