import { byteRaster } from '@diorama/core';
import { warmUpSize } from './model-size.ts';
import type { WorkerHandlers } from './serve-tasks.ts';
import type { Session } from './session.ts';
import type { SessionAnswer, SessionRequest, SessionStart } from './session-messages.ts';

/** What a session worker does: opens its session, makes a first run that is thrown away, then answers pictures. */
export function sessionHandlers<Start extends SessionStart>(
  openSession: (start: Start) => Promise<Session>,
): WorkerHandlers<SessionRequest, SessionAnswer> {
  let session: Session | undefined;
  return {
    async init(data) {
      // The predictor that starts this worker sends nothing else.
      const start = data as Start;
      const opened = await openSession(start);
      await opened.predict({
        images: [byteRaster(warmUpSize(start.card), 3)],
        wanted: start.card.tasks,
      });
      session = opened;
    },
    async close() {
      await session?.release();
    },
    async handle(request, context) {
      context.throwIfCancelled();
      // A pool sends no request before init is done.
      const value = await (session as Session).predict(request);
      return { value, transfer: buffersOf(value) };
    },
  };
}

/** Buffers of the answer that this thread no longer needs. */
function buffersOf({ answers }: SessionAnswer): ArrayBuffer[] {
  return answers
    .flatMap(({ depth, matte }) => [depth, matte])
    .flatMap((samples) => (samples?.buffer instanceof ArrayBuffer ? [samples.buffer] : []));
}
