import type { FastifyInstance } from 'fastify';
import { receiptHeaders } from '../cost.ts';
import { findExchange } from './exchange.ts';

/** Says on every answer how long it took, and on one that a photo was worked for what that cost. */
export function addAnswerFacts(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const exchange = findExchange(request);
    if (exchange === undefined) return payload;
    const total = `total;dur=${(performance.now() - exchange.startedAtMs).toFixed(1)}`;
    const steps = reply.getHeader('server-timing');
    reply.header('server-timing', steps === undefined ? total : `${String(steps)}, ${total}`);
    const { receipt } = exchange.notes;
    if (receipt !== undefined) reply.headers(receiptHeaders(receipt));
    return payload;
  });
}
