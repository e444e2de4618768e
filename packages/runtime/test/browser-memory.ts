import type { CDPSession, Page } from 'playwright-core';

interface Attached {
  readonly sessionId: string;
}
interface Received {
  readonly message: string;
}
interface HeapUsage {
  readonly backingStorageSize: number;
}

/** Bytes in the buffers of a page and of its one worker, after garbage collection. */
export async function readHeldBytes(page: Page): Promise<{ page: number; worker: number }> {
  const session = await page.context().newCDPSession(page);
  const worker = await attachWorker(session);
  // Twice: what the first collection frees may have held more.
  for (let n = 0; n < 2; n += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await worker('HeapProfiler.collectGarbage');
  }
  const own = (await session.send('Runtime.getHeapUsage')) as unknown as HeapUsage; // newer than its types
  const workers = (await worker('Runtime.getHeapUsage')) as HeapUsage;
  await session.detach();
  return { page: own.backingStorageSize, worker: workers.backingStorageSize };
}

/** Sends one command at a time to the page's worker. */
async function attachWorker(session: CDPSession): Promise<(method: string) => Promise<unknown>> {
  const attached = new Promise<Attached>((resolve) => {
    session.once('Target.attachedToTarget', resolve);
  });
  const options = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
  await session.send('Target.setAutoAttach', options);
  const { sessionId } = await attached;
  let lastId = 0;
  return async (method) => {
    lastId += 1;
    const answer = new Promise<Received>((resolve) => {
      session.once('Target.receivedMessageFromTarget', resolve);
    });
    const message = JSON.stringify({ id: lastId, method });
    await session.send('Target.sendMessageToTarget', { sessionId, message });
    return JSON.parse((await answer).message).result;
  };
}
