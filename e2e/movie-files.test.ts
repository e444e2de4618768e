import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { mediaInfoFactory } from 'mediainfo.js';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, type Stage } from './harness/in-chromium.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import { openPhoto, openTool, PATIENCE_MS, type Page, screenshot } from './harness/studio-page.ts';

const WIDTH = 300;
const HEIGHT = 200;
const FFPROBE = ['/usr/bin/ffprobe', '/usr/local/bin/ffprobe'].find((path) => existsSync(path));
if (!FFPROBE) console.info('What ffprobe says of movies is not tested: no ffprobe here.');

describeInChromium(
  'a movie from the studio',
  (stage) => {
    // One page for all: opening a photo takes the longest.
    let opened: Awaited<ReturnType<typeof openMovies>>;
    beforeAll(async () => {
      opened = await openMovies(stage());
    }, 300_000);
    afterAll(() => opened?.close());

    it.each([
      { format: 'mp4', container: 'MPEG-4' },
      { format: 'webm', container: 'WebM' },
    ])('as $format is what it says, and plays', async ({ format, container }) => {
      const { page, photo, complaints } = opened;
      await choose(page, { format, fps: 24 });
      const words = page.getByText(/Encoded by this browser as/);
      await words.waitFor();
      const codec = await words.textContent();
      const file = await exported(page);
      expect(file.name).toBe(`figure-movie.${format}`);

      const [general, video] = await mediaTracks(file.bytes);
      expect(general?.['Format']).toBe(container);
      expect(codec).toContain(CODEC_NAMES[String(video?.['Format'])]);
      expect(Number(video?.['Width'])).toBe(WIDTH);
      expect(Number(video?.['Height'])).toBe(HEIGHT);
      expect(Number(general?.['Duration'])).toBeCloseTo(1, 1);
      if (format === 'mp4') {
        expect(video?.['FrameRate_Mode']).toBe('CFR');
        expect(Number(video?.['FrameCount'])).toBe(24);
        expect(general?.['IsStreamable']).toBe('Yes');
      }
      if (FFPROBE) {
        const seen = await probe(FFPROBE, file.path);
        expect(seen['nb_read_frames']).toBe('24');
        expect(seen['avg_frame_rate']).toBe('24/1');
        expect(seen['pix_fmt']).toBe('yuv420p');
        expect(seen['color_space']).toMatch(/bt709|smpte170m/);
      }

      const frames = await playedFrames(page, file.bytes, `video/${format}`, [0, 6, 23]);
      await expectLoop(frames, photo);
      expect(complaints.filter((line) => !line.includes('GPU stall'))).toEqual([]);
    });

    it.each(['gif', 'webp'])(
      'as %s repeats for ever, in exact time and without a seam',
      async (format) => {
        const { page, photo } = opened;
        await choose(page, { format, fps: 15 });
        const file = await exported(page);
        await expectAnimation(file.bytes, format === 'gif' ? [60, 70] : [66, 67]);
        await expectLoop(await animationFrames(file.bytes, [0, 4, 14]), photo);
      },
    );

    it('has the shape that was chosen, with even sides', async () => {
      const { page } = opened;
      await choose(page, { format: 'mp4', fps: 24 });
      await page.getByRole('radio', { name: '9:16' }).check();
      const file = await exported(page);
      const [, video] = await mediaTracks(file.bytes);
      // Of 112.5 × 200.
      expect([Number(video?.['Width']), Number(video?.['Height'])]).toEqual([112, 200]);
      await page.getByRole('radio', { name: 'Photo', exact: true }).check();
    });

    it('leaves nothing when it is cancelled, and can be made afterwards', async () => {
      const { page } = opened;
      await setTurn(page, '20');
      await choose(page, { format: 'gif', fps: 25 });
      let downloads = 0;
      page.on('download', () => downloads++);
      const workers = () =>
        page.workers().filter((worker) => worker.url().includes('movie')).length;
      await page.getByRole('button', { name: 'Export', exact: true }).last().click();
      await page.getByText(/Making the movie, [1-9]/).waitFor();
      expect(workers()).toBe(1);
      await screenshot(page, 'movie-progress');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText(/Making the movie/).waitFor({ state: 'detached' });
      await page.locator('button:focus').getByText('Export').waitFor();
      await expect.poll(workers, { timeout: PATIENCE_MS }).toBe(0);
      expect(downloads).toBe(0);
      await setTurn(page, '1');
      await choose(page, { format: 'gif', fps: 10 });
      expect((await exported(page)).bytes.subarray(0, 6).toString('latin1')).toBe('GIF89a');
    });

    it('can be of what effects move alone, before a camera that stands still', async () => {
      const { page } = opened;
      await page.getByRole('radio', { name: 'Still', exact: true }).check();
      const button = page.getByRole('button', { name: 'Export', exact: true }).last();
      await page.getByText('Nothing moves yet.').waitFor();
      expect(await button.isDisabled()).toBe(true);

      await openTool(page, 'Effects');
      await page.locator('input[type="file"][accept*="json"]').setInputFiles({
        name: 'snow.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(SNOW)),
      });
      await openTool(page, 'Export');
      await choose(page, { format: 'webp', fps: 10 });
      const file = await exported(page);
      await expectAnimation(file.bytes, [100]);
      const [first, later, last] = await animationFrames(file.bytes, [0, 5, 9]);
      expect(meanDifference(first!, later!)).toBeGreaterThan(1);
      expect(meanDifference(first!, last!)).toBeLessThan(2 * meanDifference(first!, later!));
    });

    it('is offered as GIF and WebP where the browser has no encoder', async () => {
      const { page } = opened;
      await page.evaluate('delete globalThis.VideoEncoder');
      await choose(page, { format: 'mp4', fps: 24 });
      await page.getByText('GIF and WebP work without one.').waitFor();
      const button = page.getByRole('button', { name: 'Export', exact: true }).last();
      await expect.poll(() => button.isDisabled()).toBe(true);
      await choose(page, { format: 'gif', fps: 10 });
      await expect.poll(() => button.isEnabled()).toBe(true);
    });
  },
  { gpu: 'webgl' },
);

const SNOW = {
  version: 1,
  effects: [{ type: 'particles', kind: 'snow', amount: 0.8, size: 3 }],
  loopSeconds: 1,
};

/** First looks like the photo; a quarter of a turn on, something moved; after the last comes the first. */
async function expectLoop(frames: readonly Buffer[], photo: SamplePhoto): Promise<void> {
  const [first, quarter, last] = frames;
  const moved = meanDifference(first!, quarter!);
  expect(meanDifference(first!, await photoPixels(photo))).toBeLessThan(9);
  expect(moved).toBeGreaterThan(2);
  expect(meanDifference(first!, last!)).toBeLessThan(moved);
}

/** One second of the photo's size that repeats for ever, each picture as long as one of `delays`. */
async function expectAnimation(bytes: Buffer, delays: readonly number[]): Promise<void> {
  const { delay, loop, width, pageHeight } = await sharp(bytes, { animated: true }).metadata();
  expect({ loop, width, pageHeight }).toEqual({ loop: 0, width: WIDTH, pageHeight: HEIGHT });
  expect(delay?.reduce((sum, each) => sum + each, 0)).toBe(1000);
  expect(new Set(delay)).toEqual(new Set(delays));
}

function animationFrames(bytes: Buffer, indices: readonly number[]): Promise<Buffer[]> {
  return Promise.all(
    indices.map((page) =>
      sharp(bytes, { page }).removeAlpha().toColourspace('srgb').raw().toBuffer(),
    ),
  );
}

const CODEC_NAMES: Readonly<Record<string, string>> = {
  AVC: 'H.264',
  HEVC: 'H.265',
  AV1: 'AV1',
  VP9: 'VP9',
  VP8: 'VP8',
};

async function openMovies(stage: Stage) {
  const opened = await stage.open({ reducedMotion: 'reduce', mode: 'server' });
  const { page } = opened;
  const photo = await samplePhoto('figure', { width: WIDTH, height: HEIGHT });
  await openPhoto(page, photo.file);
  await openTool(page, 'Export');
  await page.getByRole('radio', { name: 'Movie' }).check();
  await page.getByRole('radio', { name: 'Sway', exact: true }).check();
  await setTurn(page, '1');
  return { ...opened, photo };
}

async function setTurn(page: Page, seconds: string): Promise<void> {
  await page.getByLabel('One turn takes').fill(seconds);
}

async function choose(page: Page, { format, fps }: { format: string; fps: number }): Promise<void> {
  await page.locator(`input[type="radio"][value="${format}"]`).check();
  await page.locator(`input[type="radio"][value="${fps}"]`).check();
}

async function exported(page: Page): Promise<{ name: string; path: string; bytes: Buffer }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).last().click();
  const download = await waiting;
  const path = await download.path();
  await page.getByText('Saved').waitFor();
  return { name: download.suggestedFilename(), path, bytes: await readFile(path) };
}

async function mediaTracks(bytes: Buffer): Promise<readonly Record<string, unknown>[]> {
  const info = await mediaInfoFactory({ format: 'object' });
  try {
    const read = (size: number, offset: number) => bytes.subarray(offset, offset + size);
    const { media } = await info.analyzeData(bytes.length, read);
    return (media?.track ?? []) as unknown as Record<string, unknown>[]; // its own types have a class for each track
  } finally {
    info.close();
  }
}

async function probe(program: string, path: string): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)(program, [
    ...['-v', 'error', '-count_frames', '-select_streams', 'v', '-show_streams', '-of', 'json'],
    path,
  ]);
  return JSON.parse(stdout).streams[0];
}

/** Pictures of a movie as Chromium's own player shows them, 3 channels. */
async function playedFrames(
  page: Page,
  bytes: Buffer,
  type: string,
  indices: readonly number[],
): Promise<Buffer[]> {
  const script = `(async () => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(bytes.toString('base64'))}), (c) => c.charCodeAt(0));
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(new Blob([bytes], { type: ${JSON.stringify(type)} }));
    const next = (name) => new Promise((resolve, reject) => {
      video.addEventListener(name, resolve, { once: true });
      video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
    });
    await next('loadeddata');
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const frames = [];
    for (const index of ${JSON.stringify(indices)}) {
      const seeked = next('seeked');
      // A player that has gone there may still show what it showed before; one that was there shows nothing new.
      const presented = new Promise((resolve) => {
        video.requestVideoFrameCallback(resolve);
        setTimeout(resolve, 1000);
      });
      video.currentTime = (index + 0.5) / 24;
      await seeked;
      await presented;
      canvas.getContext('2d').drawImage(video, 0, 0);
      const blob = await canvas.convertToBlob();
      const data = new Uint8Array(await blob.arrayBuffer());
      frames.push(btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')));
    }
    URL.revokeObjectURL(video.src);
    return frames;
  })()`;
  const frames: string[] = await page.evaluate(script);
  return Promise.all(
    frames.map((frame) => sharp(Buffer.from(frame, 'base64')).removeAlpha().raw().toBuffer()),
  );
}

function photoPixels({ file }: SamplePhoto): Promise<Buffer> {
  return sharp(file.buffer).removeAlpha().raw().toBuffer();
}

function meanDifference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs(a[at]! - b[at]!);
  return sum / a.length;
}
