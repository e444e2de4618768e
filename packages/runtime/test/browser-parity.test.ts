import type { Prediction } from '@diorama/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isChromiumThere,
  type OpenStage,
  openStage,
  SKIP_NOTE,
  type Stage,
} from './browser-stage.ts';
import { pictureOf, REFERENCE, spanOf } from './reference.ts';
import { largestDifference, openTestPredictor } from './tiny-card.ts';

const CLOSE = 2 / 255;
const NOTHING = new Float32Array();
/** Long: Chromium compiles 14 MB of WebAssembly, perhaps on a busy machine. */
const DEADLINE_MS = 300_000;

interface Opened {
  readonly handle: number;
  readonly provider: string;
  readonly threads: number;
}

interface PageAnswer {
  readonly input: { readonly width: number; readonly height: number; readonly data: string };
  readonly depth: string;
  readonly matte: string;
  readonly subjectProbability: number;
  readonly model: Prediction['model'];
}

function floatsOf(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

describe.skipIf(!isChromiumThere)(`Node and the browser${SKIP_NOTE}`, () => {
  let stage: OpenStage | undefined;
  beforeAll(async () => {
    stage = await openStage();
  }, DEADLINE_MS);
  afterAll(() => stage?.close(), DEADLINE_MS);

  it.each([
    { how: 'one thread', isIsolated: false, threads: 1 },
    { how: 'two threads in an isolated page', isIsolated: true, threads: 2 },
  ])(
    'give the same answers, with $how',
    async ({ isIsolated, threads }) => {
      const node = await openTestPredictor({ model: REFERENCE.model.id });
      const photos = REFERENCE.cases.map((reference, n) => ({
        path: `photos/${n}`,
        reference,
        ...pictureOf(reference, node.card),
      }));
      const files = new Map(photos.map(({ path, photo }) => [path, photo.data]));
      const page = (await stage?.page({ isIsolated, files })) as Stage; // beforeAll opened it
      const opened = await page.call<Opened>('open', { model: REFERENCE.model.id, threads: 2 });
      expect(opened).toMatchObject({ provider: 'wasm', threads });

      for (const { path, photo, image, reference } of photos) {
        const { width, height } = photo;
        const ask = { handle: opened.handle, path: `/${path}`, width, height };
        const web = await page.call<PageAnswer>('predictPhoto', ask);
        expect(web.model).toMatchObject({ sha256: REFERENCE.model.sha256, provider: 'wasm' });
        expect(web.input.width).toBe(image.width);
        expect(Buffer.from(web.input.data, 'base64').equals(image.data)).toBe(true);

        const own = await node.predict({ image, wanted: ['depth', 'matte'] });
        const depth = largestDifference(floatsOf(web.depth), own.depth?.data ?? NOTHING);
        const matte = largestDifference(floatsOf(web.matte), own.matte?.data ?? NOTHING);
        const subject = Math.abs((own.subjectProbability ?? Number.NaN) - web.subjectProbability);
        const size = `${image.width}x${image.height}`;
        expect(depth / spanOf(reference.planes.depth), `depth at ${size}`).toBeLessThanOrEqual(
          CLOSE,
        );
        expect(matte, `matte at ${size}`).toBeLessThanOrEqual(CLOSE);
        expect(subject, `subject at ${size}`).toBeLessThanOrEqual(CLOSE);
      }
      // Every thread loads ONNX Runtime's module for itself, so this is how many there really are.
      const loads = page.site.asked.filter((path) => path.endsWith('threaded.mjs'));
      expect(loads).toHaveLength(threads);
    },
    DEADLINE_MS,
  );
});
