import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isChromiumThere,
  type OpenStage,
  openStage,
  SKIP_NOTE,
  type Stage,
} from './browser-stage.ts';

/** Long: a software adapter compiles and computes on the processor. */
const DEADLINE_MS = 300_000;
const PHOTO = { width: 64, height: 64 };
const RED = 51;

interface Opened {
  readonly handle: number;
  readonly error?: { readonly code: string; readonly message: string };
}
interface Answer {
  readonly depth: string;
  readonly model: { readonly provider: string };
}

describe.skipIf(!isChromiumThere)(
  `WebGPU on a software adapter${SKIP_NOTE}`,
  { timeout: DEADLINE_MS },
  () => {
    let stage: OpenStage | undefined;
    let page: Stage;
    beforeAll(async () => {
      stage = await openStage('software');
      const photo = new Uint8Array(3 * PHOTO.width * PHOTO.height).fill(RED);
      page = await stage.page({ isIsolated: false, files: new Map([['photo', photo]]) });
    }, DEADLINE_MS);
    afterAll(() => stage?.close(), DEADLINE_MS);

    it('answers, and says that it ran there', async (context) => {
      const opened = await page.call<Opened>('open', { model: 'channels', provider: 'webgpu' });
      if (/offers no WebGPU adapter/.test(opened.error?.message ?? '')) {
        context.skip('this Chromium has no software adapter');
      }
      expect(opened).toMatchObject({ provider: 'webgpu', threads: 1 });
      const ask = { handle: opened.handle, path: '/photo', ...PHOTO };
      const { depth, model } = await page.call<Answer>('predictPhoto', ask);
      expect(model.provider).toBe('webgpu');
      const samples = new Float32Array(Uint8Array.from(Buffer.from(depth, 'base64')).buffer);
      expect(samples).toHaveLength(PHOTO.width * PHOTO.height);
      for (const sample of samples) expect(sample).toBeCloseTo(RED / 255, 5);
    });

    it('does not count where a GPU is required', async () => {
      const opened = await page.call<Opened>('open', { model: 'channels', require: 'gpu' });
      expect(opened).toMatchObject({ error: { code: 'PROVIDER_UNAVAILABLE' } });
    });
  },
);
