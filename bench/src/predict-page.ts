import { join } from 'node:path';
import { bundleForBrowser, openChromium, ortFiles, serveSite } from '@diorama/browser';
import type { ModelCard } from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';
import { loadModelFile } from '@diorama/runtime';
import { ROOT } from './root.ts';

/** A browser with one predictor, of one thread, that answers one picture again and again. */
export interface PredictPage {
  /** From asking for a predictor to a warm one, files from loopback, in ms. */
  readonly openMs: number;
  /** One prediction in ms, with the way to the worker and back, without the way to the browser. */
  predictMs(): Promise<number>;
  answer(): Promise<{ readonly depth: Float32Array; readonly matte: Float32Array }>;
  close(): Promise<void>;
}

/** @throws DioramaError `INPUT_NOT_FOUND` when there is no Chromium on this machine */
export async function openPredictPage(card: ModelCard, image: ByteRaster): Promise<PredictPage> {
  const { width, height } = image;
  const site = await serveSite(
    new Map([
      ...(await bundleForBrowser({
        page: join(ROOT, 'bench', 'pages', 'predict.mjs'),
        'session-worker': join(ROOT, 'packages', 'runtime', 'dist', 'web', 'session-worker.js'),
      })),
      ...(await ortFiles('ort')),
      ['index.html', Buffer.from('<!doctype html><script type="module" src="page.js"></script>')],
      ['model.json', Buffer.from(JSON.stringify(card))],
      ['model.onnx', await loadModelFile(card)],
      ['picture', image.data],
    ]),
  );
  const browser = await openChromium().catch(async (error) => {
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
    const openMs = await page.evaluate<number>(
      `bench.open({ width: ${width}, height: ${height} })`,
    );
    return {
      openMs,
      predictMs: () => page.evaluate<number>('bench.predictMs()'),
      answer: async () => {
        const planes = await page.evaluate<{ depth: string; matte: string }>('bench.answer()');
        return { depth: floatsOf(planes.depth), matte: floatsOf(planes.matte) };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function floatsOf(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}
