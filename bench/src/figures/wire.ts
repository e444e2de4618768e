import type { ModelCard } from '@diorama/contract';
import { type ByteRaster, byteRaster, type Size } from '@diorama/core';
import { createDiorama } from '@diorama/engine';
import { noisePicture } from '@diorama/fixtures';
import { openPhoto } from '@diorama/photo-io';
import {
  createLocalPredictor,
  fitModelSize,
  listEmbeddedCards,
  type Predictor,
} from '@diorama/runtime';
import sharp from 'sharp';
import type { Bench, Figure } from '../figure.ts';
import { type NamedPhoto, openPhotoSet } from '../photo-set.ts';
import { PHOTO_12MP, PHOTO_48MP } from '../photo-source.ts';
import { atLeast, atMost, type Measured } from '../row.ts';
import { mean } from '../statistics.ts';
import { behindSharedEndpoint, type Sent, sendToShared } from '../wire-predictor.ts';

const ROWS = {
  bytes: {
    id: 'wire-max-bytes',
    what: 'the largest JSON request of all photos and made extremes, for models of 384, 1024 and 2048 pixels',
    unit: 'B',
    target: atMost(1_500_000),
  },
  own: {
    id: 'wire-iou-min',
    what: 'full-size mattes through a shared endpoint against those without a limit, embedded model: least IoU',
    unit: '',
    target: atLeast(0.995),
  },
  large: {
    id: 'wire-iou-1024-min',
    what: 'the same where that model sees 1024 pixels, not all of which fit without loss',
    unit: '',
    target: atLeast(0.995),
  },
} as const satisfies Record<string, Omit<Measured, 'value'>>;

const PANORAMA: Size = { width: 16_000, height: 1000 };
const NOISES: readonly Size[] = [
  { width: 384, height: 384 },
  { width: 1024, height: 1024 },
  { width: 2048, height: 2048 },
  { width: 1, height: 3000 },
  { width: 4096, height: 32 },
  { width: 32, height: 40_000 },
];

/** What a budget of 1.5 MB of JSON costs a picture. */
export const WIRE: Figure = {
  ids: Object.values(ROWS).map(({ id }) => id),
  measure: async (bench) => {
    const [card] = await listEmbeddedCards();
    if (!card) return [];
    const photos = await openPhotoSet();
    const own = await worstMatte(photos, card, bench);
    // The embedded network takes any size: a trained one at 1024 pixels, where random weights would say nothing.
    const large = await worstMatte(photos, withLongSide(card, 1024), bench);
    return [
      await largestRequest(photos, card, bench),
      { ...ROWS.own, ...own },
      { ...ROWS.large, ...large },
    ];
  },
};

async function largestRequest(
  photos: readonly NamedPhoto[],
  card: ModelCard,
  { photos: source }: Bench,
): Promise<Measured> {
  const large = [
    { name: '12 MP', jpeg: await source.jpeg(PHOTO_12MP) },
    { name: '48 MP', jpeg: await source.jpeg(PHOTO_48MP) },
    { name: 'panorama', jpeg: await source.jpeg(PANORAMA) },
  ];
  let most: Sent & { readonly name: string } = await named(
    '1x1',
    byteRaster({ width: 1, height: 1 }, 3),
  );
  let count = 1;
  const note = async (name: string, image: ByteRaster) => {
    const sent = await named(name, image);
    if (sent.jsonBytes > most.jsonBytes) most = sent;
    count++;
  };
  for (const { name, jpeg } of [...photos, ...large]) {
    for (const longSide of [384, 1024, 2048]) {
      await note(`${name} at ${longSide}`, await fitted(jpeg, withLongSide(card, longSide)));
    }
  }
  for (const size of NOISES)
    await note(`noise of ${size.width}x${size.height}`, noisePicture(size));
  const how = most.quality === undefined ? 'without loss' : `as JPEG of quality ${most.quality}`;
  return {
    ...ROWS.bytes,
    value: most.jsonBytes,
    note: `${most.name}, ${how}; of ${count} pictures`,
  };
}

async function named(name: string, image: ByteRaster) {
  return { ...(await sendToShared(image)), name };
}

async function fitted(jpeg: Uint8Array, card: ModelCard): Promise<ByteRaster> {
  const opened = await openPhoto(jpeg);
  return (await opened.decode({ size: fitModelSize(card, opened.info) })).colour;
}

/** The matte of each photo both ways, and the least of what they have in common. */
async function worstMatte(
  photos: readonly NamedPhoto[],
  card: ModelCard,
  bench: Bench,
): Promise<Pick<Measured, 'value' | 'note'>> {
  const sent: Sent[] = [];
  const free = await createLocalPredictor({ model: card });
  const bound = await createLocalPredictor({ model: card });
  const [direct, through] = await Promise.all([
    openMattes(free),
    openMattes(behindSharedEndpoint(bound, (one) => sent.push(one))),
  ]);
  try {
    const found: { readonly name: string; readonly iou: number }[] = [];
    for (const { name, jpeg } of photos) {
      const iou = sharedShare(await direct.matte(jpeg), await through.matte(jpeg));
      bench.say(`  ${name}: ${iou.toFixed(5)}`);
      found.push({ name, iou });
    }
    const worst = found.reduce((a, b) => (b.iou < a.iou ? b : a));
    const lost = sent.filter(({ quality }) => quality !== undefined);
    const least = Math.min(...lost.map(({ quality = 100 }) => quality));
    const how =
      lost.length === 0 ? 'all without loss' : `${lost.length} as JPEG, least quality ${least}`;
    const average = mean(found.map(({ iou }) => iou)).toFixed(5);
    return {
      value: worst.iou,
      note: `${worst.name}; mean ${average} of ${found.length} photos; ${how}`,
    };
  } finally {
    await Promise.all([direct.dispose(), through.dispose()]);
  }
}

async function openMattes(predictor: Predictor) {
  const diorama = await createDiorama({ predictor, photoWorkers: 1 });
  return {
    matte: async (jpeg: Uint8Array): Promise<Uint8Array> => {
      const { document, files } = await diorama.layers(jpeg, { layers: ['matte'] });
      const png = files.get(document.files['matte']?.path ?? '') ?? new Uint8Array();
      return sharp(png).toColourspace('b-w').raw().toBuffer();
    },
    dispose: () => diorama.dispose(),
  };
}

/** Intersection over union of two soft mattes (Ruzicka's similarity); 1 where both are empty. */
function sharedShare(a: Uint8Array, b: Uint8Array): number {
  let [less, more] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i] as number, b[i] as number]; // of one photo, so of one size
    less += Math.min(one, other);
    more += Math.max(one, other);
  }
  return more === 0 ? 1 : less / more;
}

function withLongSide(card: ModelCard, longSide: number): ModelCard {
  return {
    ...card,
    input: { ...card.input, size: { policy: 'multiple-of', multiple: 32, longSide } },
  };
}
