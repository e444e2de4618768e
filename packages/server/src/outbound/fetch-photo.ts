import type { IncomingMessage } from 'node:http';
import { isDioramaError } from '@diorama/core';
import { timeoutSignal } from '@diorama/runtime';
import { collectBytes, tooManyBytes } from '../intake/bytes.ts';
import { refused } from './destination.ts';
import { openOutbound, unavailable } from './open-outbound.ts';
import type { OutboundNet } from './outbound-net.ts';

const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

export interface FetchPhotoOptions {
  /** Hosts with optional ports from which photos are fetched; none turns it off. */
  readonly hosts: readonly string[];
  /** From the first look-up to the last byte, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** The open internet, unless a test says otherwise. */
  readonly net?: OutboundNet | undefined;
}

/**
 * The bytes behind an address that a caller sent, whatever they are: neither the type nor the name that the other side
 * gives them is believed. Redirects are followed by hand, each checked as the first address was.
 * @throws DioramaError `REQUEST_INVALID`, `ADDRESS_REFUSED`, `SOURCE_UNAVAILABLE`, `PHOTO_TOO_MANY_BYTES`; or the signal's
 *   reason
 */
export async function fetchPhoto(address: string, options: FetchPhotoOptions): Promise<Uint8Array> {
  const { hosts, timeoutMs, maxBytes, signal } = options;
  if (hosts.length === 0) throw refused('This server does not fetch photos by their address.');
  const late = timeoutSignal(timeoutMs);
  try {
    const answer = await follow(address, options, AbortSignal.any([signal, late]));
    try {
      return await readPhoto(answer, maxBytes);
    } finally {
      answer.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!late.aborted) throw error;
    throw unavailable(`The photo did not arrive from its address within ${timeoutMs / 1000} s.`);
  }
}

async function follow(
  address: string,
  { hosts, net }: FetchPhotoOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  let next = address;
  let what = "The photo's address";
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await openOutbound(next, { hosts, what, net }, { method: 'GET', signal });
    if (!REDIRECTS.has(answer.statusCode)) return answer;
    answer.destroy();
    next = redirectOf(next, answer.headers.location);
    what = "What the photo's address leads on to";
  }
  throw unavailable(`The photo's address leads on more than ${MOST_REDIRECTS} times.`);
}

function redirectOf(from: string, location: string | undefined): string {
  if (location === undefined || !URL.canParse(location, from)) {
    throw unavailable("The photo's address leads on to no address that can be read.");
  }
  const to = new URL(location, from);
  if (from.startsWith('https:') && to.protocol !== 'https:') {
    throw refused("The photo's address leads from https on to what is not.");
  }
  return to.href;
}

async function readPhoto(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const { statusCode, headers } = answer;
  if (statusCode !== 200) {
    throw unavailable(`The photo's address answers with status ${statusCode}.`);
  }
  // A few compressed bytes could stand for very many; photos gain nothing by it.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw unavailable("The photo's address answers with compressed bytes.");
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooManyBytes(maxBytes);
  try {
    return await collectBytes(answer, maxBytes);
  } catch (error) {
    if (!isDioramaError(error) || error.code !== 'CANCELLED') throw error;
    throw unavailable('The photo broke off on the way from its address.', error);
  }
}
