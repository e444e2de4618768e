import { Readable } from 'node:stream';
import type { JobEvent, JobFeed } from './job-feed.ts';

/** Shorter than the half minute or more after which proxies give up a silent connection. */
const HEARTBEAT_MS = 15_000;
/** When a listener whose connection broke comes back. */
const RETRY_MS = 2000;
/** What a listener may leave unread; one who leaves more is dropped, and gets the present state when it comes back. */
const MAX_UNREAD_BYTES = 256 * 1024;

export interface EventStreamOptions {
  /** The event that the listener had last, if it had one. */
  readonly lastEventId: string | undefined;
  readonly heartbeatMs?: number;
}

/**
 * A job's events as a body of `text/event-stream`: those since the last that the listener had, at least the present state,
 * then each as it comes. Ends after the job's last event.
 * @throws DioramaError `QUEUE_FULL` when as many listen as may
 */
export function eventStream(feed: JobFeed, options: EventStreamOptions): Readable {
  const { lastEventId, heartbeatMs = HEARTBEAT_MS } = options;
  const stream = new Readable({
    read: () => undefined,
    destroy: (error, done) => {
      clearInterval(heartbeat);
      stopListening();
      done(error);
    },
  });
  const write = (text: string | null) => {
    if (stream.destroyed) return;
    if (stream.readableLength > MAX_UNREAD_BYTES) stream.destroy();
    else stream.push(text);
  };
  const tell = (event: JobEvent) => {
    write(eventText(event));
    if (event.name === 'progress') return;
    clearInterval(heartbeat);
    write(null);
  };
  const stopListening = feed.listen(tell);
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  heartbeat.unref();
  write(`retry: ${RETRY_MS}\n\n`);
  for (const event of feed.since(lastEventId)) tell(event);
  return stream;
}

/** One event as the WHATWG's HTML standard writes it, section 9.2.6. JSON has no line ends of its own. */
function eventText({ id, name, document }: JobEvent): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(document)}\n\n`;
}
