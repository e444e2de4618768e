import { createHmac } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';

/** What is sent in one try of a webhook. */
export interface WebhookMessage {
  /** The same in every try; without dots. */
  readonly id: string;
  /** Of this try, in seconds since 1970. */
  readonly timestampSeconds: number;
  readonly body: string;
}

/** The headers by which a receiver can tell that a webhook is ours and fresh, after Standard Webhooks 1.0.0. */
export function webhookHeaders(
  secret: string,
  { id, timestampSeconds, body }: WebhookMessage,
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const signature = createHmac('sha256', key)
    .update(`${id}.${timestampSeconds}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': `v1,${signature}`,
  };
}
