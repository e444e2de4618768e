import { SHARED_ENDPOINT_BYTES } from '@diorama/contract';
import type { Check } from '../check.ts';
import { expectThat } from '../expectations.ts';
import { imageInstance, proveArchive, provePrediction } from '../planes.ts';
import { fieldOf, readPredictions } from '../probe.ts';

/** What may be asked beside a picture. */
export const PARAMETER_CHECKS: readonly Check[] = [
  {
    id: 'tasks',
    says: 'only the tasks that were asked for are answered',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const { card } = await probe.describe();
      for (const task of card.tasks) {
        const parameters = { tasks: [task] };
        const [prediction] = await probe.predict([imageInstance(jpeg)], parameters);
        await provePrediction(probe, prediction, parameters);
        const raw = await probe.postRaw(jpeg, 'image/jpeg', parameters);
        await proveArchive(probe, raw, parameters);
      }
      return card.tasks.join(', ');
    },
  },
  {
    id: 'max-bytes',
    says: 'no answer is larger than was asked for, and no prediction is lost for that where it can be helped',
    sends: 'open',
    run: async ({ probe, pictures }) => {
      const noise = imageInstance(pictures.noise);
      let largest = 0;
      for (const [count, maxBytes] of [
        [1, 10_000],
        [1, 60_000],
        [4, 100_000],
        [16, 200_000],
        [64, undefined],
      ] as const) {
        const parameters = maxBytes === undefined ? {} : { maxBytes };
        const instances = Array.from({ length: count }, () => noise);
        const answer = await probe.postJson({ instances, parameters });
        const most = maxBytes ?? SHARED_ENDPOINT_BYTES;
        const { length } = answer.body;
        expectThat(length <= most, `${length} bytes where ${most} may be (${count} instances)`);
        largest = Math.max(largest, length);
        for (const prediction of readPredictions(answer, count)) {
          await provePrediction(probe, prediction);
        }
      }
      return `largest ${largest} bytes`;
    },
  },
  {
    id: 'deadline',
    says: 'what cannot be ready in time is refused as late, and not answered',
    sends: 'open',
    run: async ({ probe, pictures }) => {
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const instances = Array.from({ length: 16 }, () => imageInstance(jpeg));
      const answer = await probe.postJson({ instances, parameters: { deadlineMs: 1 } });
      if (answer.status === 200) {
        for (const prediction of readPredictions(answer, instances.length)) {
          const status = fieldOf(fieldOf(prediction, 'error'), 'status');
          expectThat(status === 504, 'answered 16 pictures within 1 ms, or too late');
        }
      } else {
        expectThat(answer.status === 504, `answered ${answer.status} instead of 504`);
      }
    },
  },
];
