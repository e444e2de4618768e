import { readBody } from './body-reader.ts';
import { demandRoom, megabytes } from './file-errors.ts';
import { type HttpAnswer, requestFile } from './http-request.ts';
import { type PartFile, type PartState, writeAt } from './part-file.ts';
import type { PullTimes } from './pull-options.ts';
import { corrupt, PassingTrouble } from './pull-trouble.ts';
import { isRest, resumeHeaders, stateOf } from './resumption.ts';
import { patiently } from './retry.ts';
import { shownAddress } from './web-address.ts';

/** The largest file that is fetched when nobody says how large it is. */
export const MOST_BYTES = 4 * 2 ** 30;

export interface Download {
  readonly url: URL;
  /** Asked for before each request, since what lets one in may not last. */
  readonly ownHeaders: () => Promise<Readonly<Record<string, string>>>;
  readonly part: PartFile;
  readonly folder: string;
  /** What the file must have, when that is known. */
  readonly bytes: number | undefined;
  /** Whether a hash will tell, after all, that the file is the right one. */
  readonly isHashKnown: boolean;
  readonly times: PullTimes;
  readonly signal: AbortSignal;
  readonly onBytes: (received: number, total: number | undefined) => void;
}

export interface Downloaded {
  readonly bytes: number;
  /** Whether some of it came in an earlier attempt. */
  readonly wasResumed: boolean;
}

/**
 * Fetches a file into its part, going on where an earlier attempt stopped. The part is kept when this fails for what
 * may pass.
 * @throws DioramaError `SOURCE_UNAVAILABLE`, `MODEL_CORRUPT` when the file cannot be the one that was meant,
 *   `OUTPUT_UNWRITABLE` when there is no room for it; or the signal's reason.
 */
export async function download(job: Download): Promise<Downloaded> {
  const wasResumed = await patiently(
    job,
    async () => (await isComplete(job)) || attempt(job),
    () => job.part.size(),
  );
  return { bytes: await job.part.size(), wasResumed };
}

/** A killed run may have had it all and not come to look at it. */
async function isComplete({ part, bytes }: Download): Promise<boolean> {
  const have = await part.size();
  const total = bytes ?? (await part.state()).total;
  if (total !== undefined && have > total) await part.remove();
  return have > 0 && have === total;
}

/** Answers whether it went on with what was here. */
async function attempt(job: Download): Promise<boolean> {
  const { part, signal } = job;
  const have = await part.size();
  const then = await part.state();
  const resume = resumeHeaders(have, then, job.isHashKnown);
  const answer = await requestFile({
    url: job.url,
    headers: resume ?? {},
    ownHeaders: await job.ownHeaders(),
    headersMs: job.times.headersMs,
    signal,
  });
  try {
    const { response } = answer;
    const now = stateOf(response);
    if (response.status === 200) {
      await part.begin(now);
      await receive(job, answer, 0, now);
      return false;
    }
    if (resume && response.status === 206 && isRest(response, now, have, then)) {
      await receive(job, answer, have, { ...then, ...now });
      return true;
    }
    // The file has changed, or there is no rest of it.
    await part.remove();
    const what = resume ? 'has changed meanwhile' : `answers ${response.status}`;
    throw new PassingTrouble(`${shownAddress(answer.url)} ${what}`, {});
  } finally {
    answer.close();
  }
}

async function receive(
  job: Download,
  { url, response }: HttpAnswer,
  start: number,
  { total }: PartState,
): Promise<void> {
  const shown = shownAddress(url);
  const most = job.bytes ?? MOST_BYTES;
  if (total !== undefined) await refuseSize(job, shown, total);
  await demandRoom(job.folder, (job.bytes ?? total ?? 0) - start);
  const file = await job.part.open();
  let received = start;
  let isTooLong = false;
  try {
    job.onBytes(received, job.bytes ?? total);
    const { signal, times } = job;
    for await (const piece of readBody(response.body, {
      from: url.host,
      stallMs: times.stallMs,
      signal,
    })) {
      isTooLong = received + piece.byteLength > most;
      if (isTooLong) break;
      await writeAt(file, piece, received);
      received += piece.byteLength;
      job.onBytes(received, job.bytes ?? total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (isTooLong) {
    await job.part.remove();
    throw corrupt(`${shown} has more than ${most} bytes, so it is not the file that was meant`);
  }
  const whole = job.bytes ?? total;
  if (received === 0 || (whole !== undefined && received < whole)) {
    throw new PassingTrouble(`${shown} ended after ${received} of ${whole ?? 'its'} bytes`, {});
  }
}

async function refuseSize({ part, bytes }: Download, shown: string, total: number): Promise<void> {
  if (bytes !== undefined ? total === bytes : total <= MOST_BYTES) return;
  await part.remove();
  throw corrupt(
    bytes === undefined
      ? `${shown} has ${megabytes(total)}; more than ${megabytes(MOST_BYTES)} are not fetched`
      : `${shown} has ${total} bytes and not the ${bytes} that the card names`,
  );
}
