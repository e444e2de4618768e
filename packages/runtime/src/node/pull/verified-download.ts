import { type Download, download } from './download.ts';
import { hashFile } from './durable-file.ts';

/** What the whole file must hash to, and how. */
export interface WantedHash {
  readonly algorithm: 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  /** Undefined where nobody knows. */
  readonly expected: string | undefined;
  readonly onRead: (read: number, total: number) => void;
  /** What to say of a file with another hash. */
  readonly refusal: (seen: string) => Error;
}

/**
 * Fetches a file and hashes it as it lies on the disk. One that was put together from two attempts and is wrong is
 * fetched once more from its start, since the fault may lie where they meet.
 * @throws what `refusal` says, with the part removed; see `download` for the rest.
 */
export async function downloadVerified(
  job: Download,
  { algorithm, encoding, expected, onRead, refusal }: WantedHash,
): Promise<{ readonly bytes: number; readonly hash: string }> {
  for (let isLast = false; ; isLast = true) {
    const { wasResumed, bytes } = await download(job);
    const seen = await hashFile(job.part.path, {
      algorithm,
      encoding,
      signal: job.signal,
      onRead: (read) => onRead(read, bytes),
    });
    if (expected === undefined || seen.hash === expected) return seen;
    await job.part.remove();
    if (isLast || !wasResumed) throw refusal(seen.hash);
  }
}
