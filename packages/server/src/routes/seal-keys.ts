import type { SealKeysAnswer } from '@diorama/contract';
import type { FastifyInstance } from 'fastify';
import { exchangeOf } from '../plugins/exchange.ts';
import type { SealedService } from '../seal/sealed-service.ts';

/** `GET /v1/seal-keys`: what pictures for `POST /v1/predict` can be sealed to. */
export function addSealKeysRoute(
  app: FastifyInstance,
  { keys }: Pick<SealedService, 'keys'>,
): void {
  app.get('/v1/seal-keys', async (request, reply): Promise<SealKeysAnswer> => {
    reply.header('cache-control', 'no-store');
    return { isRequired: false, keys: [...(await keys(exchangeOf(request).signal))] };
  });
}
