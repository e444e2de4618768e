import { DioramaError } from '@diorama/core';
import type { FastifyReply } from 'fastify';

/** Takes one of so many places until the answer is over. @throws DioramaError `QUEUE_FULL` with the line */
export function createPlaces(places: number, line: string): (reply: FastifyReply) => void {
  let taken = 0;
  return (reply) => {
    if (taken >= places) throw new DioramaError('QUEUE_FULL', line);
    taken += 1;
    reply.raw.once('close', () => {
      taken -= 1;
    });
  };
}
