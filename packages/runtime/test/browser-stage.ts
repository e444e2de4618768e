import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  bundleForBrowser,
  CHROMIUM_MISSING,
  findChromium,
  openChromium,
  ortFiles,
  type Site,
  serveSite,
} from '@diorama/browser';
import { readHeldBytes } from './browser-memory.ts';
import { type TinyModel, tinyCard, tinyModelPath } from './tiny-card.ts';

const TINY_MODELS: readonly TinyModel[] = ['channels', 'metric', 'broken', 'brittle', 'slow'];
const MODELS = new URL('../models/embedded/', import.meta.url);
const HTML = '<!doctype html><meta charset="utf-8"><script type="module" src="/stage.js"></script>';
const OPEN_TIMEOUT_MS = 30_000;

export const isChromiumThere = findChromium() !== undefined;

/** For the title of what is skipped without Chromium. */
export const SKIP_NOTE = isChromiumThere ? '' : ` (skipped: ${CHROMIUM_MISSING})`;
// A title is not printed for a skipped test, so the line is.
if (!isChromiumThere) console.warn(`Browser tests are skipped: ${CHROMIUM_MISSING}`);

const packageFile = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The modules of a page that uses the runtime, and the session worker. */
export function bundleStage(page = './pages/stage.mjs') {
  return bundleForBrowser({
    stage: packageFile(page),
    'session-worker': packageFile('../dist/web/session-worker.js'),
  });
}

export interface Stage {
  readonly site: Site;
  /** Addresses that the page and its workers asked for, on whichever host. */
  readonly requested: readonly string[];
  /** Calls a function of pages/stage.mjs. The caller says what it answers; the page cannot. */
  call<Answer>(name: string, argument?: unknown): Promise<Answer>;
  /** Leaves the site so many bytes to store things in. */
  limitStorage(bytes: number): Promise<void>;
  /** Bytes in the buffers that the page and its one worker hold on to, once what nobody needs is gone. */
  heldBytes(): Promise<{ readonly page: number; readonly worker: number }>;
  /** Lets the page's one worker fail between two requests. */
  crashWorker(): Promise<void>;
  /** Another tab of the same browser on the same site. */
  tab(): Promise<Stage>;
}

export interface OpenStage {
  /** A page of its own, on a site of its own. */
  page(options: {
    readonly isIsolated: boolean;
    readonly files?: ReadonlyMap<string, Uint8Array>;
    /** Address of a Diorama server behind the site. */
    readonly server?: string;
  }): Promise<Stage>;
  close(): Promise<void>;
}

/** Starts Chromium and bundles the page; `close` ends whatever was opened, also after a failure. */
export async function openStage(gpu: 'none' | 'software' = 'none'): Promise<OpenStage> {
  const provider = gpu === 'none' ? 'wasm' : 'webgpu';
  const [bundle, ort] = await Promise.all([bundleStage(), ortFiles('ort', provider)]);
  const files = new Map<string, Uint8Array>([
    ...bundle,
    ...ort,
    ['index.html', Buffer.from(HTML)],
    ['models/diorama-s.card.json', readFileSync(new URL('diorama-s.card.json', MODELS))],
    ['models/diorama-s.onnx', readFileSync(new URL('diorama-s.onnx', MODELS))],
    ...TINY_MODELS.flatMap((name) => [
      [`models/${name}.card.json`, Buffer.from(JSON.stringify(tinyCard(name)))] as const,
      [`models/${name}.onnx`, readFileSync(tinyModelPath(name))] as const,
    ]),
  ]);
  const browser = await openChromium({ gpu });
  const sites: Site[] = [];
  return {
    async page({ isIsolated, files: more = new Map(), server }) {
      const site = await serveSite(new Map([...files, ...more]), {
        isIsolated,
        ...(server === undefined ? {} : { server }),
      });
      sites.push(site);
      const context = await browser.newContext();
      const requested: string[] = [];
      context.on('request', (request) => requested.push(request.url()));
      const tab = async (): Promise<Stage> => {
        const page = await context.newPage();
        await page.goto(site.origin, { timeout: OPEN_TIMEOUT_MS });
        await page.waitForFunction('globalThis.stage', undefined, { timeout: OPEN_TIMEOUT_MS });
        return {
          site,
          requested,
          tab,
          heldBytes: () => readHeldBytes(page),
          crashWorker: async () => {
            await page.workers()[0]?.evaluate("setTimeout(() => { throw new Error('a slip'); })");
          },
          limitStorage: async (bytes) => {
            const session = await context.newCDPSession(page);
            const quota = { origin: site.origin, quotaSize: bytes };
            await session.send('Storage.overrideQuotaForOrigin', quota);
          },
          call: (name, argument) =>
            page.evaluate(`globalThis.stage.${name}(${JSON.stringify(argument) ?? ''})`),
        };
      };
      return tab();
    },
    async close() {
      await browser.close();
      await Promise.all(sites.map((site) => site.close()));
    },
  };
}
