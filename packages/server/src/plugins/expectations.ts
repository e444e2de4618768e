import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Answers `Expect: 100-continue` only when a body is about to be read: who asks before sending gets a refusal instead, and
 * keeps its photo (RFC 9110, section 10.1.1).
 */
export function addExpectations(app: FastifyInstance): void {
  const awaiting = new WeakSet<ServerResponse>();
  app.server.on('checkContinue', (request, response) => {
    awaiting.add(response);
    app.server.emit('request', request, response);
  });
  app.addHook('preParsing', async (_request, { raw }, payload) => {
    if (awaiting.delete(raw)) raw.writeContinue();
    return payload;
  });
}
