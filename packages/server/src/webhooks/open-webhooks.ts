import type { ServerConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { checkDestination, refused } from '../outbound/destination.ts';
import { openOutbound } from '../outbound/open-outbound.ts';
import type { OutboundNet } from '../outbound/outbound-net.ts';
import { type SendWebhook, WebhookQueue } from './webhook-queue.ts';

const WHAT = "The webhook's address";

export interface WebhookParts {
  readonly config: Pick<ServerConfig, 'webhookHosts' | 'webhookSecret'>;
  readonly log: Log;
  /** The open internet, unless a test says otherwise. */
  readonly net?: OutboundNet | undefined;
}

/** The webhooks of a server. */
export interface Webhooks {
  /** @throws DioramaError `ADDRESS_REFUSED`, `REQUEST_INVALID` for an address to which nothing is sent */
  readonly check: (address: string) => void;
  /** Holds a place for one; what is answered sends it, and must be called once. @throws DioramaError `QUEUE_FULL` */
  readonly promise: (address: string) => SendWebhook;
  /** Waits for those that are being sent, until the signal aborts; none is sent again. */
  readonly drain: (signal: AbortSignal) => Promise<void>;
}

/** Webhooks to the hosts that the operator allows. There are none without a secret: nobody could trust them. */
export function openWebhooks({ config, log, net }: WebhookParts): Webhooks {
  const { webhookHosts: hosts, webhookSecret: secret } = config;
  if (hosts.length === 0 || secret === undefined) return NO_WEBHOOKS;
  const policy = { hosts, what: WHAT, net };
  const queue = new WebhookQueue({
    secret,
    log,
    send: async (address, request) => {
      const answer = await openOutbound(address, policy, { method: 'POST', ...request });
      // Nothing in its body is for us.
      answer.destroy();
      return answer.statusCode ?? 0;
    },
  });
  return {
    check: (address) => {
      checkDestination(address, hosts, WHAT);
    },
    promise: (address) => queue.promise(address),
    drain: (signal) => queue.drain(signal),
  };
}

function refuse(): never {
  throw refused('This server sends no webhooks; the events of a job say when it is over.');
}

const NO_WEBHOOKS: Webhooks = { check: refuse, promise: refuse, drain: async () => undefined };
