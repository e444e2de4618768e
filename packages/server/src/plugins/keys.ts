import type { IncomingHttpHeaders } from 'node:http';
import { DioramaError } from '@diorama/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { type Accounts, NO_ACCOUNTS } from '../keys/accounts.ts';
import { KeyRing } from '../keys/key-ring.ts';
import type { KeyEntry } from '../keys/keys-file.ts';
import { RateLimiter } from '../keys/rate-limiter.ts';
import { UsageLedger } from '../keys/usage-ledger.ts';
import type { Log } from '../log.ts';
import { isPublic } from '../public-routes.ts';
import { exchangeOf } from './exchange.ts';

/**
 * Lets in who has a key, as often as the key allows, and says so on the exchange. Without a file of keys everybody is let in.
 * @throws DioramaError `CONFIG_INVALID` when a file cannot be used
 */
export function addKeys(
  app: FastifyInstance,
  { keysFile, usageFile }: Pick<ServerConfig, 'keysFile' | 'usageFile'>,
  log: Log,
): Accounts {
  if (keysFile === undefined) return NO_ACCOUNTS;
  const usage = new UsageLedger({ file: usageFile, log });
  const ring = new KeyRing({ file: keysFile, log });
  const rates = new RateLimiter();

  app.addHook('onRequest', async (request, reply) => {
    if (isPublic(request)) return;
    const text = keyIn(request.headers);
    const key = text === undefined ? undefined : ring.find(text);
    if (key === undefined) throw unknownKey(text, reply);
    exchangeOf(request).caller = { id: key.id };
    checkRate(key, rates, reply);
  });
  app.addHook('onClose', async () => {
    ring.close();
    await usage.close();
  });

  return {
    usageOf: (id) => {
      const key = ring.entryOf(id);
      if (key === undefined) return undefined;
      const { photosPerMonth } = key;
      return { ...usage.usageOf(id), ...(photosPerMonth === undefined ? {} : { photosPerMonth }) };
    },
    reserve: (id) => usage.reserve(id, ring.entryOf(id)?.photosPerMonth),
  };
}

/** The own header first: before the service may stand a platform that has `Authorization` for itself. */
function keyIn({ 'x-api-key': own, authorization }: IncomingHttpHeaders): string | undefined {
  if (typeof own === 'string') return own;
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

function unknownKey(text: string | undefined, reply: FastifyReply): DioramaError {
  reply.header('www-authenticate', 'Bearer realm="diorama"');
  const how = 'Send one as X-Api-Key, or as Authorization: Bearer.';
  const line =
    text === undefined ? 'There is no API key.' : 'The API key is not one of this server.';
  return new DioramaError('KEY_REQUIRED', `${line} ${how}`);
}

function checkRate({ id, ratePerMinute }: KeyEntry, rates: RateLimiter, reply: FastifyReply): void {
  if (ratePerMinute === undefined) return;
  const state = rates.take(id, ratePerMinute, performance.now());
  const { limit, remaining, resetSeconds, retryAfterSeconds } = state;
  reply.headers({
    // In seconds from now, as the IETF's drafts have it.
    'ratelimit-limit': limit,
    'ratelimit-remaining': remaining,
    'ratelimit-reset': resetSeconds,
    // In seconds of the clock, as the paid APIs have it.
    'x-ratelimit-limit': limit,
    'x-ratelimit-remaining': remaining,
    'x-ratelimit-reset': Math.ceil(Date.now() / 1000) + resetSeconds,
  });
  if (state.isAllowed) return;
  const line = `This key may send ${limit} requests a minute. The next one is let in after ${retryAfterSeconds} s.`;
  throw new DioramaError('RATE_LIMITED', line, { detail: { retryAfterSeconds } });
}
