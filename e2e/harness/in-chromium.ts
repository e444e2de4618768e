import { CHROMIUM_MISSING, findChromium, openChromium } from '@diorama/browser';
import { afterAll, beforeAll, describe } from 'vitest';
import {
  type Browser,
  type OpenStudioOptions,
  openStudioPage,
  type StudioPage,
} from './studio-page.ts';
import { type StudioServer, startStudioServer } from './studio-server.ts';

/** Long: a browser, a server and a network start on two cores, perhaps beside other tests. */
const START_TIMEOUT_MS = 300_000;

type ChromiumOptions = NonNullable<Parameters<typeof openChromium>[0]>;

/** A browser and a server with the studio, shared by the tests of one file. */
export interface Stage {
  readonly browser: Browser;
  readonly server: StudioServer;
  /** Opens the studio in a context of its own. */
  open(options?: OpenStudioOptions): Promise<StudioPage>;
}

/** Tests in a real browser; reported as skipped, with a line that says why, where there is none. */
export function describeInBrowser(
  name: string,
  tests: (browser: () => Browser) => void,
  options: ChromiumOptions = {},
): void {
  const isThere = findChromium() !== undefined;
  if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);
  describe.skipIf(!isThere)(name, { timeout: START_TIMEOUT_MS }, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openChromium(options);
    }, START_TIMEOUT_MS);
    afterAll(() => browser?.close());
    tests(() => browser);
  });
}

/** The same with a real server, which has the studio. */
export function describeInChromium(
  name: string,
  tests: (stage: () => Stage) => void,
  options?: ChromiumOptions,
): void {
  const testsWithServer = (browser: () => Browser) => {
    let server: StudioServer;
    beforeAll(async () => {
      server = await startStudioServer();
    }, START_TIMEOUT_MS);
    afterAll(() => server?.close());
    const open = (more?: OpenStudioOptions) => openStudioPage(browser(), server.origin, more);
    tests(() => ({ browser: browser(), server, open }));
  };
  describeInBrowser(name, testsWithServer, options);
}
