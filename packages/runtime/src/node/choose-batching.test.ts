import { DioramaError } from '@diorama/core';
import { expect, it } from 'vitest';
import { tinyCard } from '../../test/tiny-card.ts';
import type { SessionPool } from '../shared/picture-runner.ts';
import type { PictureAnswer, SessionRequest } from '../shared/session-messages.ts';
import { chooseBatching } from './choose-batching.ts';

const card = tinyCard('channels');

/** A pool whose network answers with the first channel, and does to the answers of a batch what `together` does. */
function poolThat(together: (answers: PictureAnswer[]) => readonly PictureAnswer[]): SessionPool {
  const run = async ({ images }: SessionRequest) => {
    const answers = images.map(({ data }): PictureAnswer => {
      const depth = Float32Array.from({ length: data.length / 3 }, (_, n) => data[n * 3] ?? 0);
      return { depth, depthKind: 'inverse-affine', subjectProbability: 0.5 };
    });
    return { answers: answers.length > 1 ? together(answers) : answers, predictMs: 1 };
  };
  return { run } as unknown as SessionPool; // nothing else of a pool is used
}

async function whyOff(pool: SessionPool): Promise<string | undefined> {
  const batching = await chooseBatching(card, 'cuda', pool, {});
  return 'off' in batching ? batching.off : undefined;
}

const scaled =
  (factor: number) =>
  ({ depth, ...rest }: PictureAnswer): PictureAnswer => ({
    ...rest,
    ...(depth ? { depth: depth.map((sample) => sample * factor) } : {}),
  });

it('runs pictures together on a GPU whose answers differ by rounding', async () => {
  expect(await whyOff(poolThat((answers) => answers.map(scaled(1.001))))).toBeUndefined();
});

it.each([
  ['swaps two pictures', (answers: PictureAnswer[]) => answers.toReversed()],
  ['mixes them up', ([first]: PictureAnswer[]) => [first ?? {}, first ?? {}]],
  ['answers otherwise', (answers: PictureAnswer[]) => answers.map(scaled(1.2))],
  ['loses an output', (answers: PictureAnswer[]) => answers.map(({ depth: _, ...rest }) => rest)],
  ['answers not-a-number', (answers: PictureAnswer[]) => answers.map(scaled(Number.NaN))],
])('does not where a network %s', async (_, together) => {
  const why = 'the model answers pictures together otherwise than alone';
  expect(await whyOff(poolThat(together))).toBe(why);
});

it('does not where every picture gets one answer, since nothing could be told by it', async () => {
  const answer = { depth: new Float32Array(4) };
  const run = async ({ images }: SessionRequest) => ({
    answers: images.map(() => answer),
    predictMs: 1,
  });
  const pool = { run } as unknown as SessionPool; // nothing else of a pool is used
  expect(await whyOff(pool)).toMatch(/none can be told apart/);
});

it('does not where two pictures make the run fail, but tells when one alone does', async () => {
  const pool = poolThat(() => {
    throw new DioramaError('MODEL_OUTPUT_INVALID', 'It takes one.');
  });
  expect(await whyOff(pool)).toBe('the model takes one picture at a time');
  const broken = {
    run: () => Promise.reject(new DioramaError('MODEL_OUTPUT_INVALID', 'It failed.')),
  } as unknown as SessionPool; // nothing else of a pool is used
  await expect(whyOff(broken)).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
});
