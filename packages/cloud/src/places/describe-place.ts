import { setTimeout as sleep } from 'node:timers/promises';
import type { PredictorDescription } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { errorOfAbort } from '@diorama/runtime';
import { readDescription } from './read-instance-answer.ts';
import type { RemoteEndpoint } from './remote-endpoint.ts';
import { limitTime } from './time-limit.ts';

const REQUEST = JSON.stringify({ instances: [{ describe: true }] });
const MAX_BYTES = 262_144;
const TRY_MS = 30_000;
const RETRY_MS = 2000;

/** Asks a predictor once what it is. @throws DioramaError as `Place` says */
export async function describePlace(
  endpoint: RemoteEndpoint,
  signal: AbortSignal,
): Promise<PredictorDescription> {
  const limit = limitTime([signal, endpoint.closed], TRY_MS, undefined);
  try {
    const sending = { verb: 'json', contentType: 'application/json', body: REQUEST } as const;
    const { bytes } = await endpoint.post({ ...sending, maxAnswerBytes: MAX_BYTES }, limit.signal);
    return readDescription(bytes);
  } finally {
    limit.end();
  }
}

/**
 * The same with patience: a predictor may scale up from zero, or start beside this very program.
 * @throws DioramaError the last try's, once `patienceMs` are over; the signal's reason
 */
export async function describeInTime(
  endpoint: RemoteEndpoint,
  patienceMs: number,
  signal: AbortSignal,
): Promise<PredictorDescription> {
  const endsAtMs = Date.now() + patienceMs;
  for (;;) {
    try {
      return await describePlace(endpoint, signal);
    } catch (error) {
      const waitMs = waitAfter(error);
      if (waitMs === undefined || Date.now() + waitMs > endsAtMs) throw error;
      await sleep(waitMs, undefined, { signal }).catch(() => {
        throw errorOfAbort(signal);
      });
    }
  }
}

/** How long to wait before asking again; absent where that would change nothing. */
function waitAfter(error: unknown): number | undefined {
  if (!isDioramaError(error)) return undefined;
  const { code, detail } = error;
  const isOver = !['PREDICTOR_STARTING', 'PREDICTOR_UNAVAILABLE', 'QUEUE_FULL'].includes(code);
  const isRefused =
    detail['status'] === 401 || detail['status'] === 403 || detail['status'] === 404;
  if (isOver || isRefused) return undefined;
  const { retryAfterMs } = detail;
  return typeof retryAfterMs === 'number' ? Math.max(100, retryAfterMs) : RETRY_MS;
}
