import { recipeSchema } from '@diorama/contract';
import { byteRaster, floatRaster } from '@diorama/core';
import { PhotoDesk } from '../photo-desk.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';
import { layersTask } from './layers.ts';
import { openTask } from './open.ts';

const SIZE = { width: 400, height: 300 };
const SMALL = { width: 192, height: 144 };
/** After so many the browser has translated what runs long; the last three gain a tenth of the time to the preview. */
const ROUNDS = 6;
/** A slow device does fewer. */
const LONGEST_MS = 3000;

/**
 * Makes layers of a picture that shows nothing, so that the first photo finds everything loaded and translated: it is two
 * to three times as fast then. Ends early, between two rounds, when a photo comes.
 */
export async function warmTask(
  _request: RequestOf<'warm'>,
  { signal }: TaskContext,
): Promise<AnswerOf<'warm'>> {
  const file = await drawnFile();
  const startedAt = performance.now();
  const isTime = () => performance.now() - startedAt < LONGEST_MS;
  for (let round = 0; round < ROUNDS && isTime() && !signal.aborted; round++) {
    // Anew each time: a desk remembers what it has made.
    const desk = new PhotoDesk();
    const context = { desk, signal, transfer: [], onProgress: () => undefined };
    await openTask({ file }, context);
    setPrediction(desk);
    const recipe = recipeSchema.parse({ version: 1 });
    const made = await layersTask({ recipe, longSide: SIZE.width }, context);
    const { photo, subject, plate, stagePlate, stageStill } = made;
    for (const bitmap of [photo, subject, plate, stagePlate, stageStill]) bitmap.close();
    // A breath, in which a message that ends this is heard.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return {};
}

async function drawnFile(): Promise<Blob> {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  for (let stripe = 0; context && stripe < SIZE.width; stripe += 8) {
    context.fillStyle = `hsl(${stripe} 40% ${30 + (stripe % 40)}%)`;
    context.fillRect(stripe, 0, 8, SIZE.height);
  }
  return canvas.convertToBlob({ type: 'image/jpeg' });
}

/** A disc before a slope. */
function setPrediction(desk: PhotoDesk): void {
  const matte = floatRaster(SMALL, 1);
  const inverse = floatRaster(SMALL, 1);
  const picture = byteRaster(SMALL, 3);
  for (let i = 0; i < matte.data.length; i++) {
    const y = Math.floor(i / SMALL.width);
    const x = i - y * SMALL.width;
    const away = Math.hypot(x - SMALL.width / 2, y - SMALL.height / 2) / SMALL.height;
    const alpha = Math.min(1, Math.max(0, (0.3 - away) * 30));
    matte.data[i] = alpha;
    inverse.data[i] = alpha > 0.5 ? 0.9 : (0.6 * y) / SMALL.height;
    picture.data.fill(alpha > 0.5 ? 200 : x, i * 3, i * 3 + 3);
  }
  desk.picture = picture;
  desk.prediction = {
    matte,
    isSoft: false,
    subject: { isPresent: true, confidence: 1 },
    depth: { kind: 'inverse-affine', inverse, scale: 1, shift: 0 },
    model: {
      id: 'none',
      version: '0.0.0',
      sha256: '0'.repeat(64),
      licence: 'none',
      provider: 'none',
    },
    timingsMs: { queue: 0, predict: 0 },
  };
}
