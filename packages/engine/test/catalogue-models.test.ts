import { mkdtemp, rm } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelCard } from '@diorama/contract';
import { createDiorama } from '@diorama/engine';
import { drawModelPicture, writeModelFile } from '@diorama/fixtures';
import {
  createLocalPredictor,
  findCatalogueCard,
  fitModelSize,
  parseModelCard,
} from '@diorama/runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Public architectures with random weights: that they load, run and answer in the right shape is true of the published
 * files too. The memory that each needs, in bytes, and how long it may take on a slow machine.
 */
const MODELS = [
  { id: 'u2netp', memory: 1e9, timeoutMs: 120_000 },
  { id: 'modnet', memory: 1e9, timeoutMs: 120_000 },
  { id: 'midas-v21-small', memory: 1e9, timeoutMs: 120_000 },
  { id: 'depth-anything-v2-small', memory: 2e9, timeoutMs: 300_000 },
  { id: 'dpt-hybrid', memory: 4e9, timeoutMs: 300_000 },
  { id: 'birefnet-lite', memory: 10e9, timeoutMs: 600_000 },
];

/** Landscape, a narrow strip, a panorama and less than any model's input. */
const PHOTOS = [
  { width: 641, height: 427 },
  { width: 37, height: 501 },
  { width: 1201, height: 203 },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-catalogue-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function cardWithFile(id: string): Promise<ModelCard> {
  const { sources, checkpoint, ...card } = await findCatalogueCard(id);
  const path = join(folder, `${id}.onnx`);
  const file = await writeModelFile(id, path);
  return parseModelCard({ ...card, ...file, sources: [{ kind: 'file', path }] }, id);
}

async function jpegOf(size: { readonly width: number; readonly height: number }) {
  const { data } = drawModelPicture(size);
  return sharp(data, { raw: { ...size, channels: 3 } })
    .jpeg()
    .toBuffer();
}

describe.each(MODELS)('the graph of $id', ({ id, memory, timeoutMs }) => {
  const isRoomy = freemem() > memory;
  const title = isRoomy
    ? 'loads and runs'
    : `loads and runs (needs ${memory / 1e9} GB of free memory)`;

  it.skipIf(!isRoomy)(`${title} at the size of any photo`, { timeout: timeoutMs }, async () => {
    const card = await cardWithFile(id);
    const predictor = await createLocalPredictor({ model: card, startTimeoutMs: timeoutMs });
    try {
      // A square that is squeezed looks the same whatever the photo.
      const photos = card.input.size.policy === 'fixed' ? PHOTOS.slice(0, 1) : PHOTOS;
      for (const photo of photos) {
        const size = fitModelSize(card, photo);
        const image = drawModelPicture(size);
        const answer = await predictor.predict({ image, wanted: card.tasks });
        const plane = card.tasks.includes('depth') ? answer.depth : answer.matte;
        expect(plane).toMatchObject({ ...size, channels: 1 });
        expect(plane?.data.every(Number.isFinite)).toBe(true);
        if (card.tasks.includes('matte')) {
          expect(plane?.data.every((alpha) => alpha >= 0 && alpha <= 1)).toBe(true);
        }
      }
    } finally {
      await predictor.dispose();
    }
  });
});

// Layers are made in the same way of every model: the small ones show it.
const SMALL = MODELS.filter(({ memory }) => memory <= 2e9);

describe.each(SMALL)('the graph of $id', ({ id, memory, timeoutMs }) => {
  it.skipIf(freemem() < memory)(
    'makes layers beside the embedded model, and each says what it is from',
    { timeout: timeoutMs },
    async () => {
      const card = await cardWithFile(id);
      const diorama = await createDiorama({ model: card, startTimeoutMs: timeoutMs });
      try {
        const { document, files } = await diorama.layers(await jpegOf({ width: 641, height: 427 }));
        expect(document.size).toEqual({ width: 641, height: 427 });
        const isDepth = card.tasks.includes('depth');
        expect(document.model.id).toBe(isDepth ? 'diorama-s' : id);
        expect(document.depthModel?.id).toBe(isDepth ? id : 'diorama-s');
        for (const file of files.values()) {
          expect(await sharp(file).metadata()).toMatchObject({ width: 641, height: 427 });
        }
      } finally {
        await diorama.dispose();
      }
    },
  );
});
