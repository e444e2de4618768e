import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  isChromiumThere,
  type OpenStage,
  openStage,
  SKIP_NOTE,
  type Stage,
} from './browser-stage.ts';

/** Long: Chromium starts and compiles 14 MB of WebAssembly, perhaps on a busy machine. */
const DEADLINE_MS = 300_000;
/** Of the 9 MB that the embedded model's file has; the picture that the session reads from takes 1.4. */
const LITTLE = 2_000_000;

interface Opened {
  readonly handle: number;
  readonly bufferBytes?: number;
  readonly error?: { readonly code: string };
}
interface Outcomes {
  readonly outcomes: readonly object[];
}

describe.skipIf(!isChromiumThere)(
  `the bytes of a model in the browser${SKIP_NOTE}`,
  { timeout: DEADLINE_MS },
  () => {
    let stage: OpenStage | undefined;
    let page: Stage;
    beforeAll(async () => {
      stage = await openStage();
    }, DEADLINE_MS);
    afterAll(() => stage?.close(), DEADLINE_MS);
    beforeEach(async () => {
      page = (await stage?.page({ isIsolated: false })) as Stage; // beforeAll opened it
    }, DEADLINE_MS);

    it.each([
      { how: 'address' },
      { how: 'address', cache: 'browser' },
      { how: 'buffer' },
      { how: 'buffer', cache: 'browser' },
      { how: 'blob' },
    ])('are held by nobody once the session is open, %o', async (options) => {
      const opened = await page.call<Opened>('open', { model: 'diorama-s', ...options });
      expect(opened.error).toBeUndefined();
      const held = await page.heldBytes();
      expect(held.page).toBeLessThan(LITTLE);
      expect(held.worker).toBeLessThan(LITTLE);
    });

    it('are seen by that measure where they are held', async () => {
      await page.call('open', { model: 'channels' });
      await page.call('hold', { path: '/models/diorama-s.onnx' });
      expect((await page.heldBytes()).page).toBeGreaterThan(4 * LITTLE);
    });

    it('move to the worker, and are not there for a second one', async () => {
      expect(
        (await page.call<Opened>('open', { model: 'channels', how: 'buffer' })).bufferBytes,
      ).toBe(0);
      const again = await page.call<Opened>('openEmptied', { model: 'channels' });
      expect(again.error?.code).toBe('MODEL_CORRUPT');
    });

    it.each([{ how: 'address' }, { how: 'blob' }, { how: 'buffer', cache: 'browser' }])(
      'come again when a worker that failed is replaced, %o',
      async (options) => {
        const { handle } = await page.call<Opened>('open', { model: 'channels', ...options });
        await page.crashWorker();
        const ask = { handle, asks: [{ size: [32, 32] }] };
        const { outcomes } = await page.call<Outcomes>('predictAtOnce', ask);
        expect(outcomes).toEqual([{ samples: 32 * 32 }]);
      },
    );

    it('that moved and are kept nowhere end with their worker', async () => {
      const { handle } = await page.call<Opened>('open', { model: 'channels', how: 'buffer' });
      await page.crashWorker();
      const ask = { handle, asks: [{ size: [32, 32] }] };
      const { outcomes } = await page.call<Outcomes>('predictAtOnce', ask);
      expect(outcomes).toMatchObject([{ error: { code: 'WORKER_CRASHED' } }]);
    });
  },
);
