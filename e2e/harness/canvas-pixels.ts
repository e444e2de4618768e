import type { Page } from './studio-page.ts';

/** What a canvas shows: 4 channels, straight alpha. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/**
 * The pixels of a canvas, without what lies over it: all of them, or as many as `size` has, laid over all of it. They are
 * read from a copy, since reading a canvas itself changes how it is drawn.
 */
export async function readCanvas(
  page: Page,
  selector: string,
  size?: { readonly width: number; readonly height: number },
): Promise<Seen> {
  await page.locator(selector).first().waitFor();
  const { width, height, text } = await page.evaluate<{
    readonly width: number;
    readonly height: number;
    readonly text: string;
  }>(`(${COPY})(${JSON.stringify({ selector, size })})`);
  return { width, height, rgba: new Uint8Array(Buffer.from(text, 'base64')) };
}

/** Runs in the page. */
const COPY = `({ selector, size }) => {
  const canvas = document.querySelector(selector);
  const { width, height } = size ?? canvas;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  let binary = '';
  for (let at = 0; at < data.length; at += 32768) {
    binary += String.fromCharCode(...data.subarray(at, at + 32768));
  }
  return { width, height, text: btoa(binary) };
}`;

/** The pixel at a place of what was seen, in shares of its sides. */
export function pixelOf(
  { width, height, rgba }: Seen,
  [x, y]: readonly [number, number],
): readonly number[] {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
  return [...rgba.subarray(at, at + 4)];
}
