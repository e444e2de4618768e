// Tests in a browser want Chromium. Where it is not, root on a Debian system gets it from the system's own packages;
// anybody else is told in one line, and those tests are reported as skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CHROMIUM_MISSING, findChromium } from '../browser/dist/chromium.js';

const INSTALL_TIMEOUT_MS = 300_000;
const APT = '/usr/bin/apt-get';

/** Finds Chromium, or installs it where that is allowed (`DIORAMA_INSTALL_CHROMIUM=no` forbids it). */
export function prepareChromium() {
  if (findChromium() !== undefined) return;
  const mayInstall =
    process.getuid?.() === 0 && existsSync(APT) && process.env.DIORAMA_INSTALL_CHROMIUM !== 'no';
  if (mayInstall) {
    console.error('Installing Chromium for the tests in a browser...');
    for (const args of [
      ['update', '-q'],
      ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
    ]) {
      spawnSync(APT, args, {
        stdio: ['ignore', 'ignore', 'ignore'],
        timeout: INSTALL_TIMEOUT_MS,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    }
  }
  if (findChromium() === undefined)
    console.error(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);
}
