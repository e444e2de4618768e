import { type ByteRaster, DioramaError } from '@diorama/core';
import { spreadColours } from '@diorama/core/scene';
import avifModule from '@jsquash/avif/codec/enc/avif_enc.js?url';
import avifBinary from '@jsquash/avif/codec/enc/avif_enc.wasm?url';
import threadedModule from '@jsquash/avif/codec/enc/avif_enc_mt.js?url';
import threadedBinary from '@jsquash/avif/codec/enc/avif_enc_mt.wasm?url';
import threadedWorker from '@jsquash/avif/codec/enc/avif_enc_mt.worker.mjs?url';
import { MOST_AVIF_PIXELS } from '../size-limits.ts';

/** What the encoder of libaom, compiled to WASM, gives to who loads it. */
interface Encoder {
  encode(pixels: Uint8Array, width: number, height: number, options: object): Uint8Array | null;
}
interface EncoderModule {
  readonly default: (options: object) => Promise<Encoder>;
}

/** 0 slow and small, 10 fast and large; below this one a photo takes minutes. */
const SPEED = 9;
/** Colours at half the resolution, as JPEG has them. */
const SUBSAMPLE_420 = 1;
/** After so long an encoder without threads is the quicker one, whatever became of them. */
const THREADS_WITHIN_MS = 15_000;

/**
 * A raster of 3 or 4 channels as AVIF. Clear pixels get the colours around them, since a lossy format mixes them. The
 * encoder is loaded when it is first needed, with threads where the page may have them.
 * @throws DioramaError `PHOTO_TOO_MANY_PIXELS`
 */
export async function encodeAvif(
  raster: ByteRaster,
  { quality }: { readonly quality: number },
): Promise<Blob> {
  const { width, height } = raster;
  if (width * height > MOST_AVIF_PIXELS) throw tooLarge();
  const pixels = rgbaOf(raster);
  const encoder = await loadEncoder();
  let file: Uint8Array | null;
  try {
    file = encoder.encode(pixels, width, height, {
      quality,
      qualityAlpha: -1,
      denoiseLevel: 0,
      tileColsLog2: tilesLog2(width),
      tileRowsLog2: tilesLog2(height),
      speed: SPEED,
      subsample: SUBSAMPLE_420,
      chromaDeltaQ: false,
      sharpness: 0,
      tune: 0,
      enableSharpYUV: false,
      bitDepth: 8,
      lossless: false,
    });
  } catch (cause) {
    throw tooLarge(cause);
  }
  if (!file) throw tooLarge();
  return new Blob([file.slice()], { type: 'image/avif' });
}

/** With threads where there are any: a browser may have none, or, as Firefox now and then, not let them begin. */
async function loadEncoder(): Promise<Encoder> {
  if (!self.crossOriginIsolated || typeof SharedArrayBuffer !== 'function') return load(avifModule);
  const threaded = load(threadedModule);
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), THREADS_WITHIN_MS);
  });
  return (await Promise.race([threaded, late])) ?? load(avifModule);
}

async function load(path: string): Promise<Encoder> {
  const files: Readonly<Record<string, string>> = {
    'avif_enc.wasm': avifBinary,
    'avif_enc_mt.wasm': threadedBinary,
    'avif_enc_mt.worker.mjs': threadedWorker,
  };
  const address = new URL(path, self.location.href).href;
  const module = (await import(/* @vite-ignore */ address)) as EncoderModule; // what the address names
  return module.default({
    noInitialRun: true,
    locateFile: (name: string) => files[name] ?? name,
    mainScriptUrlOrBlob: address,
  });
}

/** Tiles are what threads share among each other: of some 1000 pixels, at most 8 each way. */
function tilesLog2(side: number): number {
  return Math.max(0, Math.min(3, Math.floor(Math.log2(side / 1000))));
}

function rgbaOf(raster: ByteRaster): Uint8Array {
  const { width, height, channels, data } = raster;
  if (channels === 4) {
    const copy = { ...raster, data: data.slice() };
    spreadColours(copy);
    return copy.data;
  }
  const pixels = new Uint8Array(width * height * 4);
  for (let to = 0, from = 0; to < pixels.length; to += 4, from += 3) {
    pixels[to] = data[from] as number; // in range by the loop's bound
    pixels[to + 1] = data[from + 1] as number;
    pixels[to + 2] = data[from + 2] as number;
    pixels[to + 3] = 255;
  }
  return pixels;
}

function tooLarge(cause?: unknown): DioramaError {
  return new DioramaError(
    'PHOTO_TOO_MANY_PIXELS',
    'The picture is too large for AVIF in a browser. Choose a smaller size or another format.',
    { cause },
  );
}
