import { join } from 'node:path';
import { bundleForBrowser, openChromium, serveSite } from '@diorama/browser';
import type { Size } from '@diorama/core';
import type { LayersAnswer } from '@diorama/engine';
import sharp from 'sharp';
import { ROOT } from './root.ts';

/** A browser that plays the studio's stage, its WebGL computed on the processor. */
export interface StagePage {
  framesASecond(seconds: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens it with a canvas of `size` and layers with the plate's depth.
 * @throws DioramaError `INPUT_NOT_FOUND` when there is no Chromium on this machine
 */
export async function openStagePage(layers: LayersAnswer, size: Size): Promise<StagePage> {
  const { files } = layers.document;
  const bytesOf = (path: string | undefined) => layers.files.get(path ?? '') ?? new Uint8Array();
  const site = await serveSite(
    new Map([
      ...(await bundleForBrowser({ page: join(ROOT, 'bench', 'pages', 'stage.mjs') })),
      ['index.html', Buffer.from('<!doctype html><script type="module" src="page.js"></script>')],
      ['plate', bytesOf(files['plate']?.path)],
      ['subject', bytesOf(files['subject']?.path)],
      ['depth', await wordsOf(bytesOf(files['depth']?.path))],
      ['plate-depth', await wordsOf(bytesOf(files['plate-depth']?.path))],
    ]),
  );
  const browser = await openChromium({ gpu: 'webgl' }).catch(async (error) => {
    await site.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await site.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    await page.waitForFunction('globalThis.bench');
    await page.evaluate(`bench.open(${size.width}, ${size.height})`);
    return {
      framesASecond: (seconds) => page.evaluate<number>(`bench.framesASecond(${seconds})`),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The samples of a PNG of 16 bits. */
async function wordsOf(png: Uint8Array): Promise<Uint8Array> {
  const { data } = await sharp(png)
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}
