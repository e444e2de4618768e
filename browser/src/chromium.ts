import { existsSync } from 'node:fs';
import { DioramaError } from '@diorama/core';
import { type Browser, chromium } from 'playwright-core';

/** Where systems put it: Debian and others, Google's own packages, macOS. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** No sandbox, so that it starts as root too; nothing that would call home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page finds: nothing, or WebGPU or WebGL that Chromium computes on the processor. */
const GPU_FLAGS = {
  none: ['--disable-gpu'],
  software: [
    '--enable-unsafe-webgpu',
    '--enable-unsafe-swiftshader',
    '--use-webgpu-adapter=swiftshader',
  ],
  webgl: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
} as const;

/** A camera that shows a test picture; whether a page may look through it is asked as ever. */
const CAMERA_FLAGS = { none: [], fake: ['--use-fake-device-for-media-stream'] } as const;

const START_TIMEOUT_MS = 60_000;

/** What to tell a person who has no Chromium. */
export const CHROMIUM_MISSING = 'no Chromium here; install it with: apt-get install chromium';

/** The path of this machine's Chromium, or nothing. */
export function findChromium(): string | undefined {
  return PLACES.find((path) => existsSync(path));
}

/**
 * Starts this machine's Chromium without a window and with a profile that is new and ends with it.
 * @throws DioramaError `INPUT_NOT_FOUND` when there is none
 */
export async function openChromium({
  gpu = 'none',
  camera = 'none',
}: {
  readonly gpu?: keyof typeof GPU_FLAGS;
  readonly camera?: keyof typeof CAMERA_FLAGS;
} = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new DioramaError('INPUT_NOT_FOUND', CHROMIUM_MISSING);
  return chromium.launch({
    executablePath,
    args: [...FLAGS, ...GPU_FLAGS[gpu], ...CAMERA_FLAGS[camera]],
    timeout: START_TIMEOUT_MS,
  });
}
