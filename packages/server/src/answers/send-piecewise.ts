import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { PiecewiseBody } from './layer-files.ts';

/** Sends a body that `Accept` chose, piece by piece; a browser saves an archive under `archiveName`. */
export function sendPiecewise(
  body: PiecewiseBody,
  archiveName: string,
  reply: FastifyReply,
): FastifyReply {
  if (body.contentType === 'application/zip') {
    reply.header('content-disposition', `attachment; filename="${archiveName}"`);
  }
  return sendPieces(body, reply.header('vary', 'accept'));
}

/** Sends a body piece by piece. */
export function sendPieces(body: PiecewiseBody, reply: FastifyReply): FastifyReply {
  return reply
    .header('content-type', body.contentType)
    .header('content-length', body.contentLength)
    .send(Readable.from(body.pieces));
}
