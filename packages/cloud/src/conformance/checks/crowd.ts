import type { CheckContext } from '../check.ts';
import { expectThat } from '../expectations.ts';
import {
  imageInstance,
  isSame,
  proveArchive,
  provePrediction,
  type ReadPrediction,
} from '../planes.ts';

/** Few enough for any predictor's queue. */
const REQUESTS = 24;

/** Sends requests of both kinds at once, and holds each answer against that of its picture alone. */
export async function proveAll({ probe, pictures }: CheckContext): Promise<string> {
  const { scenes } = pictures;
  const alone: ReadPrediction[] = [];
  for (const scene of scenes) {
    const [prediction] = await probe.predict([imageInstance(scene)]);
    alone.push(await provePrediction(probe, prediction));
  }
  const asked = Array.from({ length: REQUESTS }, async (_, n) => {
    const scene = scenes[n % scenes.length] ?? new Uint8Array();
    if (n % 3 === 0) return [await proveArchive(probe, await probe.postRaw(scene, 'image/jpeg'))];
    const predictions = await probe.predict([imageInstance(scene), imageInstance(scene)]);
    return Promise.all(predictions.map((prediction) => provePrediction(probe, prediction)));
  });
  for (const [n, answered] of (await Promise.all(asked)).entries()) {
    const expected = alone[n % scenes.length];
    const isOwn = answered.every((one) => expected !== undefined && isSame(one, expected));
    expectThat(isOwn, `request ${n} was answered with the prediction of another`);
  }
  return `${REQUESTS} at once`;
}
