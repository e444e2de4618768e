import { runChild } from '../child-process.ts';
import type { Figure } from '../figure.ts';
import { atMost } from '../row.ts';
import { median } from '../statistics.ts';

const ROUNDS = 7;

/** From starting a Node process to a predictor that has done its first run. */
export const PREDICTOR_START: Figure = {
  ids: ['predictor-start-ms'],
  measure: async () => {
    await runChild('predictor-start');
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push((await runChild('predictor-start')).wallMs);
    }
    return [
      {
        id: 'predictor-start-ms',
        what: 'from spawning a process to a warm predictor with the embedded model',
        value: median(times),
        unit: 'ms',
        target: atMost(1500),
        note: `median of ${ROUNDS}`,
      },
    ];
  },
};
