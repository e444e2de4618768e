import { DioramaError } from '@diorama/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tooManyBytes } from '../intake/bytes.ts';
import { FORM_OVERHEAD_BYTES } from '../intake/form.ts';

/** How many of the largest photos may be held in memory at once, as they arrived. */
const LARGEST_PHOTOS_HELD = 8;

/** Lets a request in, or throws before a byte of its body is read. */
export type Admission = (request: FastifyRequest, reply: FastifyReply) => void;

/**
 * Admission by the bytes that requests announce, so that many uploads at once cannot fill the memory. Who
 * announces nothing counts as the largest.
 */
export function createAdmission(options: { readonly maxBytes: number }): Admission {
  const maxBodyBytes = options.maxBytes + FORM_OVERHEAD_BYTES;
  const budgetBytes = LARGEST_PHOTOS_HELD * maxBodyBytes;
  let heldBytes = 0;
  return (request, reply) => {
    const announced = Number(request.headers['content-length'] ?? maxBodyBytes);
    if (announced > maxBodyBytes) throw tooManyBytes(options.maxBytes);
    if (heldBytes + announced > budgetBytes) {
      throw new DioramaError('QUEUE_FULL', 'The server holds as many photos as it can.');
    }
    heldBytes += announced;
    reply.raw.once('close', () => {
      heldBytes -= announced;
    });
  };
}
