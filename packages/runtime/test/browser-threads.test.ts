import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isChromiumThere, type OpenStage, openStage, SKIP_NOTE } from './browser-stage.ts';

/** Long: Chromium starts and compiles 14 MB of WebAssembly, perhaps on a busy machine. */
const DEADLINE_MS = 300_000;

/**
 * A session worker of whose threads none hears what it is to do, as long as fewer than `deaf` such workers were begun on
 * the site.
 */
function deafWorker(deaf: number): Buffer {
  return Buffer.from(`
    const early = [];
    globalThis.onmessage = (event) => early.push(event);
    const begun = await caches.open('begun');
    const { length } = await begun.keys();
    await begun.put('/' + length, new Response());
    if (length < ${deaf}) globalThis.Worker = class extends Worker { postMessage() {} };
    await import('../session-worker.js');
    for (const event of early) globalThis.onmessage(event);
  `);
}

describe.skipIf(!isChromiumThere)(
  `threads of a session in the browser${SKIP_NOTE}`,
  { timeout: DEADLINE_MS },
  () => {
    let stage: OpenStage | undefined;
    beforeAll(async () => {
      stage = await openStage();
    }, DEADLINE_MS);
    afterAll(() => stage?.close(), DEADLINE_MS);

    async function openWith(deaf: number, options: object) {
      const files = new Map([['deaf/session-worker.js', deafWorker(deaf)]]);
      const page = await stage!.page({ isIsolated: true, files });
      const workerUrl = '/deaf/session-worker.js';
      return page.call('open', { model: 'channels', threads: 2, workerUrl, ...options });
    }

    it.each([
      ['address', 1],
      ['blob', 2],
    ])(
      'that do not come are waited for in another worker, which has the file by %s',
      async (how, deaf) => {
        expect(await openWith(deaf, { how })).toMatchObject({ provider: 'wasm', threads: 2 });
      },
    );

    it.each([
      ['whose every worker is without them', 9, 'blob', 9_000],
      ['whose worker was handed the only bytes', 1, 'buffer', 5_000],
    ])('are given up in time in a session %s', async (_whose, deaf, how, startTimeoutMs) => {
      const refused = await openWith(deaf, { how, startTimeoutMs });
      expect(refused).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' } });
    });
  },
);
