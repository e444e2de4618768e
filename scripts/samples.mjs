// npm run samples -- [NAME…] [--exposures N]: photographs the sample scenes and writes them into
// apps/studio/public/samples. It takes minutes for each, on the processor; the pictures are in the repository.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { rolldown } from 'rolldown';
import sharp from 'sharp';
import { findChromium } from '../browser/dist/chromium.js';
import { prepare, ROOT } from './prepare.mjs';

prepare();
const SAMPLES = join(ROOT, 'apps', 'studio', 'samples');
const OUT = process.env.OUT ?? join(ROOT, 'apps', 'studio', 'public', 'samples');
const WIDTH = 1600;
const HEIGHT = 1066;
const THUMB = 360;

const args = process.argv.slice(2);
const at = args.indexOf('--exposures');
const exposures = at < 0 ? 160 : Number(args.splice(at, 2)[1]);
const scale = Number(process.env.SCALE ?? 1);

const build = await rolldown({ input: join(SAMPLES, 'render-page.ts'), platform: 'browser' });
const { output } = await build.generate({ format: 'iife' });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [
    '--no-sandbox',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
  ],
});
const page = await browser.newPage();
page.on('console', (message) => console.info(message.text()));
await page.addScriptTag({ content: output[0].code });
await mkdir(OUT, { recursive: true });
for (const name of args.length > 0 ? args : await page.evaluate(() => globalThis.scenes)) {
  const startedAt = Date.now();
  const url = await page.evaluate(
    ([scene, width, height, count]) => globalThis.render(scene, width, height, count),
    [name, WIDTH * scale, HEIGHT * scale, exposures],
  );
  const picture = sharp(Buffer.from(url.split(',')[1], 'base64')).removeAlpha();
  await picture
    .clone()
    .jpeg({ quality: 86, mozjpeg: true })
    .toFile(join(OUT, `${name}.jpg`));
  await picture
    .clone()
    .resize(THUMB)
    .jpeg({ quality: 80, mozjpeg: true })
    .toFile(join(OUT, `${name}-thumb.jpg`));
  console.info(`${name}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
}
await browser.close();
