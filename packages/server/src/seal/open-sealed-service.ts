import type { FastifyInstance } from 'fastify';
import type { ServerConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Readiness } from '../readiness.ts';
import { type OpenedSealBox, openSealBox } from './open-seal-box.ts';
import { type SealedService, sealedService } from './sealed-service.ts';

export interface SealedServiceOptions {
  readonly readiness: Readiness;
  readonly log: Log;
}

/**
 * The sealed side of an app, whose keys are there when it listens and are followed until it closes. A file that cannot be
 * used keeps it from listening, with `CONFIG_INVALID`.
 */
export function openSealedService(
  app: FastifyInstance,
  { sealKeysFile: file }: Pick<ServerConfig, 'sealKeysFile'>,
  { readiness, log }: SealedServiceOptions,
): SealedService {
  let box: OpenedSealBox | undefined;
  if (file !== undefined) {
    app.addHook('onReady', async () => {
      box = await openSealBox({ file, log });
    });
  }
  app.addHook('onClose', async () => box?.close());
  return sealedService({ box: () => box, readiness });
}
