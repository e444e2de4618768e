import type { ModelCard, ServedModel } from '@diorama/contract';
import { resizeArea, resizeBicubic } from '@diorama/core';
import { fitModelSize } from '@diorama/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from './browser-server.ts';
import {
  isChromiumThere,
  type OpenStage,
  openStage,
  SKIP_NOTE,
  type Stage,
} from './browser-stage.ts';
import { gradientPicture, largestDifference, openTestPredictor, tinyCard } from './tiny-card.ts';

/** Long: a server starts, Chromium starts and compiles 14 MB of WebAssembly, perhaps on a busy machine. */
const DEADLINE_MS = 300_000;
const CLOSE = 1e-6;
const GRADIENT = gradientPicture(90, 60);
/** Without black, also where an edge swings: its distance of nothing would be nearer than any number says. */
const PHOTO = { ...GRADIENT, data: GRADIENT.data.map((sample) => Math.max(sample, 80)) };

const framed = tinyCard('metric', {
  id: 'framed',
  tasks: ['depth'],
  input: {
    ...tinyCard('metric').input,
    resample: 'bicubic',
    size: {
      policy: 'frame',
      width: 64,
      height: 64,
      scale: 'cover',
      multiple: 16,
      rounding: 'nearest',
      maxPixels: 10_000,
    },
  },
});
const fixed = tinyCard('channels', {
  id: 'fixed',
  tasks: ['matte'],
  input: { ...tinyCard('channels').input, size: { policy: 'fixed', width: 48, height: 40 } },
});
const bound = tinyCard('slow', {
  id: 'bound',
  tasks: ['matte'],
  licence: { spdx: 'CC-BY-NC-4.0', commercialUse: false, terms: 'Not for commercial use.' },
  acceptedLicence: 'CC-BY-NC-4.0',
});
const withheld = tinyCard('channels', {
  id: 'withheld',
  tasks: ['depth'],
  licence: { spdx: 'AGPL-3.0', commercialUse: true, copyleft: true, terms: 'Copyleft.' },
  acceptedLicence: 'AGPL-3.0',
});

interface Opened {
  readonly handle: number;
  readonly progress: readonly { readonly received: number; readonly total: number }[];
  readonly bufferBytes?: number;
  readonly error?: { readonly code: string; readonly message: string };
}
interface Answer {
  readonly input: { readonly width: number; readonly height: number; readonly data: string };
  readonly depth?: string;
  readonly matte?: string;
}

function floatsOf(base64 = ''): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

describe.skipIf(!isChromiumThere)(
  `models of a server in the browser${SKIP_NOTE}`,
  { timeout: DEADLINE_MS },
  () => {
    const servers: ServerProcess[] = [];
    let stage: OpenStage | undefined;
    let page: Stage;
    beforeAll(async () => {
      servers.push(await startServer([framed, fixed]));
      const shared = { DIORAMA_SHARE_LICENCES: 'CC-BY-NC-4.0' };
      servers.push(await startServer([bound, withheld], shared));
      stage = await openStage();
    }, DEADLINE_MS);
    afterAll(async () => {
      await stage?.close();
      await Promise.all(servers.map((server) => server.close()));
    }, DEADLINE_MS);
    /** A page with a server behind it: the one with models for all, or the one with models that bind. */
    const visit = async (which: 0 | 1): Promise<Stage> => {
      const files = new Map([['photo', PHOTO.data]]);
      const server = servers[which]?.address ?? '';
      return (await stage?.page({ isIsolated: false, files, server })) as Stage; // beforeAll opened it
    };
    beforeEach(async () => {
      page = await visit(0);
    }, DEADLINE_MS);

    const open = (options: object): Promise<Opened> =>
      page.call('open', { isServed: true, ...options });
    /** Addresses of model files that were asked for since the page opened. */
    const asked = (): readonly string[] => page.site.asked.filter((path) => path.endsWith('.onnx'));

    it('lists their cards with the whole address of each file that is passed on', async () => {
      const addressOf = ({ id, sha256 }: ModelCard) =>
        `${page.site.origin}/v1/models/${id}/${sha256}.onnx`;
      const list = async () => {
        const cards = await page.call<ServedModel[]>('cards');
        return cards.map(({ id, file }) => [id, file?.url]);
      };
      const embedded = ['diorama-s', expect.stringMatching(/^http.*\.onnx$/)];
      expect(await list()).toEqual([
        ['framed', addressOf(framed)],
        ['fixed', addressOf(fixed)],
        embedded,
      ]);
      page = await visit(1);
      expect(await list()).toEqual([
        ['bound', addressOf(bound)],
        ['withheld', undefined],
        embedded,
      ]);
    });

    it.each([
      { card: framed, resize: resizeBicubic },
      { card: fixed, resize: resizeArea },
    ])('answers with $card.id as Node does', async ({ card, resize }) => {
      const { handle } = await open({ model: card.id });
      const { width, height } = PHOTO;
      const ask = { handle, path: '/photo', width, height, isAsCard: true };
      const web = await page.call<Answer>('predictPhoto', ask);

      const node = await openTestPredictor({ model: card });
      const image = resize(PHOTO, fitModelSize(card, PHOTO));
      expect(web.input).toMatchObject({ width: image.width, height: image.height });
      expect(Buffer.from(web.input.data, 'base64').equals(image.data)).toBe(true);
      const own = await node.predict({ image, wanted: card.tasks });
      for (const task of card.tasks) {
        const samples = floatsOf(web[task]);
        expect(samples).toHaveLength(image.width * image.height);
        const difference = largestDifference(samples, own[task]?.data ?? new Float32Array());
        expect(difference).toBeLessThan(CLOSE);
      }
    });

    it('tells how much of the file has come, up to all of it', async () => {
      const { progress } = await open({ model: 'diorama-s' });
      const received = progress.map((step) => step.received);
      expect(received.toSorted((a, b) => a - b)).toEqual(received);
      expect(progress.length).toBeGreaterThan(10);
      expect(progress.length).toBeLessThanOrEqual(101);
      expect(progress[0]?.received).toBe(0);
      expect(progress.at(-1)?.received).toBe(progress.at(-1)?.total);
    });

    it('takes a model under a licence that binds only with a yes to its name', async () => {
      page = await visit(1);
      const refused = await open({ model: 'bound' });
      expect(refused.error).toMatchObject({
        code: 'LICENCE_NOT_ACCEPTED',
        message:
          'Model bound is under CC-BY-NC-4.0, which nobody accepted here. Not for commercial use.',
      });
      const other = await open({ model: 'bound', acceptLicences: ['AGPL-3.0'] });
      expect(other.error?.code).toBe('LICENCE_NOT_ACCEPTED');
      expect(asked()).toEqual([]);
      const accepted = await open({ model: 'bound', acceptLicences: ['CC-BY-NC-4.0'] });
      expect(accepted.error).toBeUndefined();
      expect(asked()).toEqual([`/v1/models/bound/${bound.sha256}.onnx`]);
    });

    it('gives a start up when told to, in the middle of it', async () => {
      const { error } = await open({ model: 'diorama-s', abortAfterMs: 1 });
      expect(error?.code).toBe('CANCELLED');
    });

    it('says that a server is not there, or that its answer is no list', async () => {
      const files = new Map([['v1/models', Buffer.from('{"models":[{}]}')]]);
      const without = (await stage?.page({ isIsolated: false })) as Stage; // beforeAll opened it
      const wrong = (await stage?.page({ isIsolated: false, files })) as Stage;
      for (const one of [without, wrong]) {
        const refused = { error: { code: 'SOURCE_UNAVAILABLE' } };
        expect(await one.call('cards')).toMatchObject(refused);
      }
    });
  },
);
