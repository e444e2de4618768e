import { ARRAY_TYPE, npyOfRaster } from '@diorama/contract';
import { encodeRaster } from '@diorama/photo-io';
import { fitModelSize } from '@diorama/runtime';
import type { Check } from '../check.ts';
import { expectProblem, expectThat } from '../expectations.ts';
import { drawScene } from '../pictures.ts';
import { imageInstance, isSame, proveArchive, provePrediction, SCENE_SIZE } from '../planes.ts';

/** Pictures as bytes, which rawPredict and Cloud Run carry (fact 1.13). */
export const RAW_CHECKS: readonly Check[] = [
  {
    id: 'raw-jpeg',
    says: 'a JPEG is answered with an archive of the same planes as in JSON',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const [jpeg = new Uint8Array()] = pictures.scenes;
      const raw = await proveArchive(probe, await probe.postRaw(jpeg, 'image/jpeg'));
      const [prediction] = await probe.predict([imageInstance(jpeg)]);
      const json = await provePrediction(probe, prediction);
      expectThat(isSame(raw, json), 'the planes differ from those in JSON');
    },
  },
  {
    id: 'raw-png',
    says: 'a PNG is answered, too',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      await proveArchive(probe, await probe.postRaw(pictures.png, 'image/png'));
    },
  },
  {
    id: 'raw-planes-npy',
    says: 'planes come as NumPy arrays where that is asked for, and are the same',
    sends: 'pictures',
    run: async ({ probe, pictures }) => {
      const parameters = { planes: 'npy' } as const;
      const png = await proveArchive(probe, await probe.postRaw(pictures.png, 'image/png'));
      const answer = await probe.postRaw(pictures.png, 'image/png', parameters);
      const npy = await proveArchive(probe, answer, parameters);
      expectThat(isSame(png, npy), 'the arrays differ from the pictures');
    },
  },
  {
    id: 'raw-fitted',
    says: 'a picture of the model’s size is taken as it is, as PNG and as an array, and no other size is',
    sends: 'pictures',
    run: async ({ probe }) => {
      const { card } = await probe.describe();
      const size = fitModelSize(card, SCENE_SIZE);
      const scene = drawScene(size, 1);
      const fitted = { fitted: true } as const;
      const { bytes } = await encodeRaster(scene, { format: 'png' });
      const png = await proveArchive(probe, await probe.postRaw(bytes, 'image/png', fitted));
      const array = await probe.postRaw(npyOfRaster(scene), ARRAY_TYPE, fitted);
      const npy = await proveArchive(probe, array);
      for (const { document } of [png, npy]) {
        const isSized = document.size.width === size.width && document.size.height === size.height;
        expectThat(isSized, 'the planes have another size than the picture');
      }
      expectThat(isSame(png, npy), 'the same picture is answered differently as an array');
      const odd = drawScene({ width: size.width + 1, height: size.height }, 1);
      const other = await encodeRaster(odd, { format: 'png' });
      expectProblem(await probe.postRaw(other.bytes, 'image/png', fitted), [400]);
      return `${size.width}x${size.height}`;
    },
  },
];
