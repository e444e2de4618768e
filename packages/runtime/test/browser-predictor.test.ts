import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isChromiumThere,
  type OpenStage,
  openStage,
  SKIP_NOTE,
  type Stage,
} from './browser-stage.ts';
import { tinyCard } from './tiny-card.ts';

/** Long: Chromium starts and compiles 14 MB of WebAssembly, perhaps on a busy machine. */
const DEADLINE_MS = 300_000;
const SMALL = [32, 32];
/** The slow model takes a good part of a second for it. */
const LARGE = [256, 256];
const slow = tinyCard('slow', {
  input: {
    ...tinyCard('slow').input,
    size: { policy: 'multiple-of', multiple: 32, longSide: 256 },
  },
});

interface Opened {
  readonly handle: number;
  readonly provider: string;
  readonly threads: number;
}
interface Refused {
  readonly error: {
    readonly name: string;
    readonly code: string;
    readonly message: string;
    readonly detail: object;
  };
}
interface Outcomes {
  readonly outcomes: readonly (Refused | { readonly samples: number })[];
  readonly order: readonly number[];
}

const cancelled = { error: { name: 'DioramaError', code: 'CANCELLED' } };

describe.skipIf(!isChromiumThere)(
  `a predictor in the browser${SKIP_NOTE}`,
  { timeout: DEADLINE_MS },
  () => {
    let stage: OpenStage | undefined;
    let page: Stage;
    beforeAll(async () => {
      stage = await openStage();
      const files = new Map([
        ['models/slow.card.json', Buffer.from(JSON.stringify(slow))],
        ['models/swapped.card.json', Buffer.from(JSON.stringify(tinyCard('channels')))],
        ['models/swapped.onnx', Buffer.alloc(tinyCard('channels').bytes)],
        ['models/endless.card.json', Buffer.from(JSON.stringify(tinyCard('channels')))],
        ['models/endless.onnx', Buffer.alloc(20_000_000)],
        ['models/absent.card.json', Buffer.from(JSON.stringify(tinyCard('channels')))],
        ['models/huge.card.json', Buffer.from(JSON.stringify({ ...slow, bytes: 2 ** 52 }))],
        ['models/huge.onnx', Buffer.alloc(100)],
        ['models/short.card.json', Buffer.from(JSON.stringify({ ...slow, bytes: 1_000_000 }))],
        ['models/short.onnx', Buffer.alloc(100)],
        ['models/invalid.card.json', Buffer.from(JSON.stringify({ ...slow, sha256: 'none' }))],
        ['broken/session-worker.js', Buffer.from('throw new Error("a slip of the pen");')],
      ]);
      page = await stage.page({ isIsolated: false, files });
    }, DEADLINE_MS);
    afterAll(() => stage?.close(), DEADLINE_MS);

    const open = (options: object): Promise<Opened & Refused> => page.call('open', options);

    it('leaves the thread of the page free while the network runs', async () => {
      const { handle } = await open({ model: 'slow' });
      const ask = { handle, size: LARGE };
      const { ticks, tookMs, longestGapMs } = await page.call<{
        ticks: number;
        tookMs: number;
        longestGapMs: number;
      }>('predictBesideTimer', ask);
      // On the page's own thread the run would leave room for none or one, in one long gap.
      expect(ticks).toBeGreaterThan(3);
      expect(longestGapMs).toBeLessThan(tookMs / 2);
    });

    it('answers in order, refuses one more than its queue holds, and lets go what is cancelled', async () => {
      const { handle } = await open({ model: 'slow', maxQueued: 2 });
      const asks = [
        { size: LARGE, cancelAfterMs: 20 },
        { size: SMALL },
        { size: SMALL, cancelAfterMs: 20 },
        { size: SMALL },
      ];
      const { outcomes, order } = await page.call<Outcomes>('predictAtOnce', { handle, asks });
      expect(outcomes[0]).toMatchObject(cancelled);
      expect(outcomes[1]).toEqual({ samples: 32 * 32 });
      expect(outcomes[2]).toMatchObject(cancelled);
      expect(outcomes[3]).toMatchObject({
        error: { code: 'QUEUE_FULL', detail: { queued: 2, maxQueued: 2 } },
      });
      expect(order.at(-1)).toBe(1);
    });

    it('refuses what runs and what waits when it is disposed of, at once', async () => {
      const { handle } = await open({ model: 'slow' });
      const asks = [{ size: LARGE }, { size: SMALL }];
      const ask = { handle, asks, disposeAfterMs: 20 };
      const { outcomes } = await page.call<Outcomes>('predictAtOnce', ask);
      for (const outcome of outcomes) expect(outcome).toMatchObject(cancelled);
    });

    it('refuses a picture of a size that the card does not allow', async () => {
      const { handle } = await open({ model: 'channels' });
      const asks = [{ size: [33, 32] }];
      const { outcomes } = await page.call<Outcomes>('predictAtOnce', { handle, asks });
      expect(outcomes[0]).toMatchObject({ error: { code: 'REQUEST_INVALID' } });
    });

    it('takes bytes as well as an address', async () => {
      const opened = await open({ model: 'channels', how: 'buffer' });
      expect(opened).toMatchObject({ provider: 'wasm', threads: 1 });
    });

    it.each([
      ['that has the right length and other bytes', 'swapped', 'MODEL_CORRUPT'],
      ['that is longer than its card says', 'endless', 'MODEL_CORRUPT'],
      ['that is shorter than its card says', 'short', 'MODEL_CORRUPT'],
      ['for which no memory is there', 'huge', 'PROVIDER_UNAVAILABLE'],
      ['that is not there', 'absent', 'SOURCE_UNAVAILABLE'],
    ])('refuses a model file %s', async (_what, model, code) => {
      expect(await open({ model })).toMatchObject({ error: { code } });
    });

    it.each([
      ['a card that is none', { model: 'invalid' }, 'CONFIG_INVALID'],
      ['threads that are no number of threads', { threads: 0 }, 'CONFIG_INVALID'],
      ['a folder without the files of ONNX Runtime', { wasmFolder: '/nowhere/' }, 'CONFIG_INVALID'],
      ['a worker that is not there', { workerUrl: '/nowhere.js' }, 'WORKER_CRASHED'],
      ['a worker that fails', { workerUrl: '/broken/session-worker.js' }, 'WORKER_CRASHED'],
      ['a start that takes too long', { model: 'slow', startTimeoutMs: 1 }, 'DEADLINE_EXCEEDED'],
    ])('refuses %s', async (_what, options, code) => {
      expect(await open({ model: 'channels', ...options })).toMatchObject({ error: { code } });
    });

    it.each([
      [{ provider: 'webgpu' }, 'webgpu'],
      [{ require: 'gpu' }, 'webgpu'],
      [{ provider: 'wasm', require: 'gpu' }, 'wasm'],
    ])('never runs on the processor when %o is asked for', async (options, provider) => {
      // This Chromium is started without a GPU.
      const refused = await open({ model: 'channels', ...options });
      expect(refused).toMatchObject({
        error: { name: 'DioramaError', code: 'PROVIDER_UNAVAILABLE', detail: { provider } },
      });
      expect(refused.error.message).toMatch(/^Provider \w+ is not available: [^\n]+\.$/);
    });

    it('asked no host but the one that its page named, in all of this', () => {
      // What its workers ask for is seen as well, so nothing can pass unseen.
      expect(page.requested).toContain(`${page.site.origin}/models/slow.onnx`);
      const elsewhere = page.requested.filter((url) => !url.startsWith(page.site.origin));
      expect(elsewhere).toEqual([]);
    });
  },
);
