import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
const FILE = '/models/channels.onnx';
const { sha256, bytes, id } = tinyCard('channels');
const NOTHING = { caches: [], entries: [], files: [], databases: [], settings: [] };

interface Opened {
  readonly handle: number;
  readonly bufferBytes?: number;
  readonly error?: { readonly code: string };
}

describe.skipIf(!isChromiumThere)(
  `models that the browser keeps${SKIP_NOTE}`,
  { timeout: DEADLINE_MS },
  () => {
    let stage: OpenStage | undefined;
    let page: Stage;
    beforeAll(async () => {
      stage = await openStage();
    }, DEADLINE_MS);
    afterAll(() => stage?.close(), DEADLINE_MS);
    // A profile of its own for each test, so that nothing is kept from before.
    beforeEach(async () => {
      page = (await stage?.page({ isIsolated: false })) as Stage; // beforeAll opened it
    }, DEADLINE_MS);

    const open = (options: object = {}): Promise<Opened> =>
      page.call('open', { model: 'channels', cache: 'browser', ...options });
    const loads = (): number => page.site.asked.filter((path) => path === FILE).length;

    it.each(['address', 'blob', 'buffer'])(
      'are none without permission, for a file that comes as %s',
      async (how) => {
        for (const choice of [{ cache: undefined }, { cache: 'none' }]) {
          expect((await open({ how, ...choice })).error).toBeUndefined();
        }
        expect(await page.call('listCached')).toEqual([]);
        await page.call('removeCached', {});
        expect(await page.call('stored')).toEqual(NOTHING);
      },
    );

    it('are asked for once, also by another tab, and can be listed', async () => {
      await open();
      expect(await page.call('listCached')).toEqual([{ id, sha256, bytes }]);
      const tab = await page.tab();
      const again = await tab.call<Opened>('open', { model: 'channels', cache: 'browser' });
      expect(again.error).toBeUndefined();
      expect(loads()).toBe(1);
      // What one allows, another does not have to use.
      await open({ cache: 'none' });
      expect(loads()).toBe(2);
    });

    it.each(['blob', 'buffer'])('come from a %s as well, and then need no file', async (how) => {
      expect((await open({ how: 'none' })).error?.code).toBe('MODEL_MISSING');
      await open({ how });
      const before = loads();
      expect((await open({ how: 'none' })).error).toBeUndefined();
      expect(loads()).toBe(before);
    });

    it.each([{ isCut: false }, { isCut: true }])(
      'are thrown away and fetched anew when they are damaged, %o',
      async (damage) => {
        await open();
        await page.call('damage', { sha256, ...damage });
        expect((await open()).error).toBeUndefined();
        expect(loads()).toBe(2);
        expect((await open()).error).toBeUndefined();
        expect(loads()).toBe(2);
        await page.call('damage', { sha256, ...damage });
        expect((await open({ how: 'none' })).error?.code).toBe('MODEL_MISSING');
        expect(await page.call('listCached')).toEqual([]);
      },
    );

    it('are never files that are not their cards', async () => {
      const files = new Map([
        ['models/swapped.card.json', Buffer.from(JSON.stringify(tinyCard('channels')))],
        ['models/swapped.onnx', Buffer.alloc(bytes)],
      ]);
      page = (await stage?.page({ isIsolated: false, files })) as Stage; // beforeAll opened it
      for (const how of ['address', 'blob', 'buffer']) {
        const refused = await page.call<Opened>('open', {
          model: 'swapped',
          how,
          cache: 'browser',
        });
        expect(refused.error?.code).toBe('MODEL_CORRUPT');
      }
      expect(await page.call('stored')).toEqual(NOTHING);
    });

    it('are removed one by one, or all', async () => {
      await open();
      await open({ model: 'metric' });
      await page.call('removeCached', { sha256 });
      const left = await page.call<{ id: string }[]>('listCached');
      expect(left.map((model) => model.id)).toEqual(['tiny-metric']);
      await open();
      await page.call('removeCached', {});
      expect(await page.call('stored')).toEqual(NOTHING);
    });

    it('are written by several tabs at once without harm', async () => {
      const tabs = [page, await page.tab(), await page.tab()];
      const options = { model: 'channels', cache: 'browser' };
      const opened = await Promise.all(tabs.map((tab) => tab.call<Opened>('open', options)));
      for (const { error } of opened) expect(error).toBeUndefined();
      expect(await page.call('listCached')).toEqual([{ id, sha256, bytes }]);
      const before = loads();
      await open();
      expect(loads()).toBe(before);
    });

    it('are given up by a browser without room, which loads them all the same', async () => {
      await page.limitStorage(1);
      expect((await open()).error).toBeUndefined();
      expect(await page.call('listCached')).toEqual([]);
    });
  },
);
