import type { Check } from '../check.ts';
import { expectThat } from '../expectations.ts';
import { differenceOf, imageInstance, isSame, provePrediction } from '../planes.ts';

/** Room for answers that are to be whole, however many. */
const ROOMY_BYTES = 30_000_000;
const MANY = 64;

/** Predictions as JSON (fact 1.8; 64 is what batch prediction sends, fact 6.1). */
export const JSON_CHECKS: readonly Check[] = [
  {
    id: 'json-one',
    says: 'one picture is answered with what its document says: sizes, samples, model',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const [prediction] = await probe.predict([imageInstance(jpeg)]);
      await provePrediction(probe, prediction);
    },
  },
  {
    id: 'json-order',
    says: 'several pictures are answered in their order',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const alone = [];
      for (const scene of pictures.scenes) {
        const [prediction] = await probe.predict([imageInstance(scene)]);
        alone.push(await provePrediction(probe, prediction));
      }
      const [first, second] = alone;
      const isTold = first && second && differenceOf(first, second) > 0;
      expectThat(isTold === true, 'two different pictures are answered alike');
      const parameters = { maxBytes: ROOMY_BYTES };
      const together = await probe.predict(pictures.scenes.map(imageInstance), parameters);
      for (const [n, prediction] of together.entries()) {
        const read = await provePrediction(probe, prediction);
        const expected = alone[n];
        const nearest = alone.map((other) => differenceOf(read, other));
        const isOwn = expected !== undefined && Math.min(...nearest) === nearest[n];
        expectThat(isOwn && isSame(read, expected), `prediction ${n} is not that of picture ${n}`);
      }
    },
  },
  {
    id: 'json-64',
    says: '64 pictures are answered, each with its own prediction',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const { scenes } = pictures;
      const instances = Array.from({ length: MANY }, (_, n) =>
        imageInstance(scenes[n % scenes.length] ?? new Uint8Array()),
      );
      const predictions = await probe.predict(instances, { maxBytes: ROOMY_BYTES });
      const read = [];
      for (const prediction of predictions) read.push(await provePrediction(probe, prediction));
      for (const [n, one] of read.entries()) {
        const same = read[n % scenes.length];
        expectThat(
          same !== undefined && isSame(one, same),
          `prediction ${n} is of another picture`,
        );
      }
    },
  },
  {
    id: 'file-list-instance',
    says: 'an instance as batch prediction writes files, {"b64"}, is a picture',
    sends: 'open',
    run: async ({ probe, pictures }) => {
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const [prediction] = await probe.predict([imageInstance(jpeg).image]);
      await provePrediction(probe, prediction);
    },
  },
  {
    id: 'unknown-names',
    says: 'names beside an instance, such as its key, are left alone',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const instance = { key: 'a1', ...imageInstance(jpeg), label: { any: [1, null] } };
      const [prediction] = await probe.predict([instance]);
      await provePrediction(probe, prediction);
    },
  },
  {
    id: 'parameters-null',
    says: 'parameters may be null, as the platform may send them',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const [prediction] = await probe.predict([imageInstance(jpeg)], null);
      await provePrediction(probe, prediction);
    },
  },
  {
    id: 'describe',
    says: 'it says what answers there, also beside a picture',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const { card, seal, largestBatch } = await probe.describe();
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const [, prediction] = await probe.predict([{ describe: true }, imageInstance(jpeg)]);
      await provePrediction(probe, prediction);
      const taken = seal.isRequired ? ', sealed pictures only' : '';
      return `${card.id}, ${largestBatch} together${taken}`;
    },
  },
];
