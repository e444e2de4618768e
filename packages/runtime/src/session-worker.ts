import { byteRaster } from '@diorama/core';
import { warmUpSize } from './model-size.ts';
import { serveWorker } from './serve-worker.ts';
import { openSession, type Session } from './session.ts';
import type { SessionAnswer, SessionRequest, SessionStart } from './session-messages.ts';

let session: Session | undefined;

/** Buffers of the answer that this thread no longer needs. */
function buffersOf({ depth, matte }: SessionAnswer): ArrayBuffer[] {
  return [depth, matte].flatMap((samples) =>
    samples?.buffer instanceof ArrayBuffer ? [samples.buffer] : [],
  );
}

serveWorker<SessionRequest, SessionAnswer>({
  async init(data) {
    // The predictor that starts this worker sends nothing else.
    const start = data as SessionStart;
    const opened = await openSession(start);
    await opened.predict({
      image: byteRaster(warmUpSize(start.card), 3),
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
});
