import { CHROMIUM_MISSING, findChromium, openChromium } from '@diorama/browser';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Browser } from './studio-page.ts';
import { type StudioServer, startStudioServer } from './studio-server.ts';

/** Long: a browser, a server and a network start on two cores, perhaps beside other tests. */
const START_TIMEOUT_MS = 240_000;

/** A browser and a server with the studio, shared by the tests of one file. */
export interface Stage {
  readonly browser: Browser;
  readonly server: StudioServer;
}

/** Tests in a real browser with a real server; reported as skipped, with a line that says why, where there is none. */
export function describeInChromium(
  name: string,
  tests: (stage: () => Stage) => void,
  options: NonNullable<Parameters<typeof openChromium>[0]> = {},
): void {
  const isThere = findChromium() !== undefined;
  if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);
  describe.skipIf(!isThere)(name, { timeout: START_TIMEOUT_MS }, () => {
    let opened: Stage;
    beforeAll(async () => {
      const [browser, server] = await Promise.all([openChromium(options), startStudioServer()]);
      opened = { browser, server };
    }, START_TIMEOUT_MS);
    afterAll(async () => {
      await opened?.browser.close();
      await opened?.server.close();
    });
    tests(() => opened);
  });
}
