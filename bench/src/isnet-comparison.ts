import type { ModelCard } from '@diorama/contract';
import { byteRaster, type FloatRaster, resizeBilinearFromCorner } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { createLocalPredictor, type Prediction, type Predictor } from '@diorama/runtime';
import sharp from 'sharp';
import type { ImglyPeer } from './peers/imgly-peer.ts';
import type { NamedPhoto } from './photo-set.ts';
import { type GreyPlane, meanDifference } from './plane-difference.ts';

/** One photo, by us and by the peer, with the same weights. Times in ms, differences in samples of 0..255. */
export interface Compared {
  readonly name: string;
  readonly subjectPresent: boolean;
  readonly cutoutMs: number;
  readonly peerCutoutMs: number;
  readonly matteMs: number;
  readonly peerMatteMs: number;
  readonly matteDifference: number;
  /** Of the network's own answers, ours brought to the photo's size in the peer's way. */
  readonly planeDifference: number;
}

/** Asks both in turns. */
export interface IsnetComparison {
  compare(photo: NamedPhoto): Promise<Compared>;
  dispose(): Promise<void>;
}

export async function openIsnetComparison(
  card: ModelCard,
  peer: ImglyPeer,
): Promise<IsnetComparison> {
  const { predictor, last } = remember(await createLocalPredictor({ model: card }));
  const diorama = await createDiorama({ predictor });
  return {
    async compare({ name, jpeg }) {
      const cutout = await timed(() => diorama.layers(jpeg, { layers: ['subject'] }));
      const peerCutout = await peer.cutOut({ jpeg, model: 'medium' });
      const ours = await timed(() => matteOf(diorama, jpeg));
      const theirs = await peer.matte({ jpeg, model: 'medium' });
      const plane = { ...theirs, data: theirs.alpha };
      return {
        name,
        subjectPresent: ours.answer.subjectPresent,
        cutoutMs: cutout.ms,
        peerCutoutMs: peerCutout.ms,
        matteMs: ours.ms,
        peerMatteMs: theirs.ms,
        matteDifference: meanDifference(await decodeMatte(ours.answer.png), plane),
        planeDifference: meanDifference(resizeAsPeer(last(), plane), plane),
      };
    },
    dispose: () => diorama.dispose(),
  };
}

async function timed<Answer>(task: () => Promise<Answer>) {
  const startedAt = performance.now();
  const answer = await task();
  return { answer, ms: performance.now() - startedAt };
}

async function matteOf(diorama: Diorama, jpeg: Uint8Array) {
  const { document, files } = await diorama.layers(jpeg, { layers: ['matte'] });
  const png = files.get(document.files['matte']?.path ?? '') ?? new Uint8Array();
  return { png, subjectPresent: document.matte?.subjectPresent === true };
}

async function decodeMatte(png: Uint8Array): Promise<GreyPlane> {
  const { data, info } = await sharp(png)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Alpha becomes bytes by cutting off what is after the point, and pixels are read from their corners. */
function resizeAsPeer(
  alpha: FloatRaster,
  size: { readonly width: number; readonly height: number },
) {
  const bytes = byteRaster(alpha, 1);
  for (let i = 0; i < bytes.data.length; i++) bytes.data[i] = 255 * (alpha.data[i] as number); // in range
  return resizeBilinearFromCorner(bytes, size);
}

/** The predictor itself, which keeps a copy of its last matte: the answer moves on to another thread. */
function remember(inner: Predictor): { predictor: Predictor; last(): FloatRaster } {
  let kept: FloatRaster | undefined;
  return {
    predictor: {
      card: inner.card,
      provider: inner.provider,
      predict: async (request, signal) => {
        const prediction: Prediction = await inner.predict(request, signal);
        if (prediction.matte) kept = { ...prediction.matte, data: prediction.matte.data.slice() };
        return prediction;
      },
      dispose: () => inner.dispose(),
    },
    last: () => kept ?? { width: 0, height: 0, channels: 1, data: new Float32Array() },
  };
}
