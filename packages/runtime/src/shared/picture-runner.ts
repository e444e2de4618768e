import type { RunOptions } from './pool-job.ts';
import type { PredictRequest } from './predictor.ts';
import type { PictureAnswer, SessionAnswer, SessionRequest } from './session-messages.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Sessions of one model, side by side. */
export type SessionPool = WorkerPool<SessionRequest, SessionAnswer>;

/** The answer to one picture. */
export interface PictureShare {
  readonly answer: PictureAnswer;
  /** Of the run that it was part of: the picture waited for all of it. */
  readonly predictMs: number;
  /** Pictures in that run. */
  readonly batchSize: number;
}

export type PictureOptions = Pick<RunOptions, 'signal' | 'onStart'>;

/** What brings pictures to sessions. */
export interface PictureRunner {
  /** @throws DioramaError what `WorkerPool.run` throws */
  run(request: PredictRequest, options: PictureOptions): Promise<PictureShare>;
}

/** Each picture by itself, in the order in which they come. */
export function runOneByOne(pool: SessionPool): PictureRunner {
  return {
    async run({ image, wanted }, options) {
      const { answers, predictMs } = await pool.run({ images: [image], wanted }, options);
      return { answer: answers[0] ?? {}, predictMs, batchSize: 1 };
    },
  };
}
