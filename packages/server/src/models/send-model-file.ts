import type { FileHandle } from 'node:fs/promises';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exchangeOf } from '../plugins/exchange.ts';
import { namesTag, readByteRange } from './byte-range.ts';

/** Files that go out at once: photos come first, and each reader holds a file and a piece of it. */
const MOST_FILES_AT_ONCE = 8;
/** A reader who is slower than this, for longer than the grace, is a reader who holds a place. */
const LEAST_BYTES_PER_SECOND = 32_768;
const GRACE_MS = 60_000;
const READ_BYTES = 2 ** 18;
/** The most that a timer takes; beyond it, it rings at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Takes one of the places until the answer is over. */
export type TakeFileSlot = (reply: FastifyReply, bytes: number) => void;

/** The places, and the bound of how long one is held. The slot refuses with `QUEUE_FULL`. */
export function createFileSlots(): TakeFileSlot {
  let taken = 0;
  return (reply, bytes) => {
    if (taken >= MOST_FILES_AT_ONCE) {
      throw new DioramaError('QUEUE_FULL', 'The server sends as many model files as it can.');
    }
    taken += 1;
    const longestMs = GRACE_MS + (1000 * bytes) / LEAST_BYTES_PER_SECOND;
    const timer = setTimeout(() => reply.raw.destroy(), Math.min(longestMs, LONGEST_TIMER_MS));
    timer.unref();
    reply.raw.once('close', () => {
      clearTimeout(timer);
      taken -= 1;
    });
  };
}

/** Answers a model's file, a part of it, or that the caller has it already. The hash is its entity tag. */
export async function sendModelFile(
  card: ModelCard,
  open: () => Promise<FileHandle>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { bytes, id, sha256 } = card;
  const { headers, method } = request;
  const tag = `"${sha256}"`;
  reply.header('etag', tag).header('accept-ranges', 'bytes');
  if (namesTag(headers['if-none-match'], tag)) return reply.code(304).send();

  const condition = headers['if-range'];
  const isSame = condition === undefined || condition === tag;
  const range = method === 'GET' && isSame ? readByteRange(headers.range, bytes) : 'whole';
  if (range === 'outside') {
    return reply.code(416).header('content-range', `bytes */${bytes}`).send();
  }
  const file = await open();
  const { signal } = exchangeOf(request);
  if (signal.aborted) {
    await file.close();
    throw signal.reason;
  }
  const { start, end } = range === 'whole' ? { start: 0, end: bytes - 1 } : range;
  const length = end - start + 1;
  if (range !== 'whole') {
    reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes}`);
  }
  reply
    .header('content-type', 'application/octet-stream')
    .header('content-length', length)
    .header('content-disposition', `attachment; filename="${id}.onnx"`);
  if (method === 'HEAD') {
    await file.close();
    return reply.send();
  }
  const stream = file.createReadStream({ start, end, highWaterMark: READ_BYTES });
  // A file that was cut short meanwhile would leave its reader waiting for the rest.
  stream.once('end', () => {
    if (stream.bytesRead < length) reply.raw.destroy();
  });
  return reply.send(stream);
}
