import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { JobDocument, WebhookDocument } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { timeoutSignal } from '@diorama/runtime';
import { untilAborted } from '../deadline.ts';
import type { JobEnd } from '../jobs/job.ts';
import type { Log } from '../log.ts';
import { isWorthRetry, retryDelayMs, WEBHOOK_TRIES } from './retry-delay.ts';
import { webhookHeaders } from './sign-webhook.ts';

/** Webhooks that are promised, wait for a next try or are being sent. */
const MAX_PENDING = 256;
const TRY_TIMEOUT_MS = 15_000;

/** One try to send a webhook. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface WebhookQueueOptions {
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  /**
   * Sends one request and answers the status. @throws DioramaError `ADDRESS_REFUSED` where no later try may come, or any
   * other error.
   */
  readonly send: (address: string, request: WebhookRequest) => Promise<number>;
  readonly log: Log;
  /** How long to wait after so many tries that failed, in milliseconds. */
  readonly delayMs?: (triesFailed: number) => number;
}

/** Sends the webhook of a job that is over. */
export type SendWebhook = (state: JobEnd['state'], job: JobDocument) => void;

/** How a webhook fared. */
interface Outcome {
  readonly isSent: boolean;
  readonly tries: number;
  /** Of the last answer, if there was one. */
  readonly status?: number | undefined;
}

/** Tells the end of jobs to their callers' addresses, signed, and again for a while where that fails. */
export class WebhookQueue {
  readonly #options: WebhookQueueOptions;
  readonly #retries = new AbortController();
  readonly #tries = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  #pending = 0;

  constructor(options: WebhookQueueOptions) {
    this.#options = options;
  }

  /**
   * Holds a place for one webhook; the answered function sends it, and must be called once.
   * @throws DioramaError `QUEUE_FULL`
   */
  promise(address: string): SendWebhook {
    if (this.#pending >= MAX_PENDING) {
      throw new DioramaError('QUEUE_FULL', 'As many webhooks wait to be sent as may.');
    }
    this.#pending += 1;
    return (state, job) => {
      const document = {
        type: `job.${state}`,
        timestamp: new Date().toISOString(),
        data: job,
      } as const; // so that the type stays one of the schema's
      const sending = this.#deliver(address, document).finally(() => {
        this.#pending -= 1;
        this.#sending.delete(sending);
      });
      this.#sending.add(sending);
    };
  }

  /** Waits for tries that are under way, until the signal aborts; there are no others after them. */
  async drain(signal: AbortSignal): Promise<void> {
    this.#retries.abort();
    await untilAborted(Promise.all(this.#sending), signal).catch(() => undefined);
    this.#tries.abort();
  }

  async #deliver(address: string, document: WebhookDocument): Promise<void> {
    const startedAtMs = performance.now();
    const { isSent, ...facts } = await this.#try(address, JSON.stringify(document));
    const durationMs = Math.round(performance.now() - startedAtMs);
    const { log } = this.#options;
    if (isSent) log.info({ ...facts, durationMs }, 'Webhook sent');
    else log.warn({ ...facts, durationMs }, 'Webhook given up');
  }

  async #try(address: string, body: string): Promise<Outcome> {
    const { delayMs = (tries) => retryDelayMs(tries, Math.random()) } = this.#options;
    const id = `msg_${randomUUID()}`;
    let status: number | undefined;
    for (let tries = 1; ; tries += 1) {
      try {
        status = await this.#send(address, id, body);
        if (status >= 200 && status < 300) return { isSent: true, tries, status };
        if (!isWorthRetry(status)) return { isSent: false, tries, status };
      } catch (error) {
        if (isDioramaError(error) && error.code === 'ADDRESS_REFUSED') {
          return { isSent: false, tries, status };
        }
      }
      if (tries === WEBHOOK_TRIES || !(await this.#waitMs(delayMs(tries)))) {
        return { isSent: false, tries, status };
      }
    }
  }

  #send(address: string, id: string, body: string): Promise<number> {
    const { secret, send } = this.#options;
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...webhookHeaders(secret, { id, timestampSeconds, body }),
    };
    const signal = AbortSignal.any([this.#tries.signal, timeoutSignal(TRY_TIMEOUT_MS)]);
    return send(address, { headers, body, signal });
  }

  /** Whether there is to be another try. */
  async #waitMs(delayMs: number): Promise<boolean> {
    try {
      await wait(delayMs, undefined, { signal: this.#retries.signal, ref: false });
      return true;
    } catch {
      return false;
    }
  }
}
