import { fileURLToPath } from 'node:url';
import { byteRaster } from '@diorama/core';
import { InferenceSession } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { tinyCard } from '../../test/tiny-card.ts';
import { Session } from '../shared/session.ts';
import { networkOf } from './open-session.ts';

it('fetches only the outputs that the wanted tasks need', async () => {
  const card = tinyCard('channels');
  const path = fileURLToPath(new URL('../../test/tiny-models/channels.onnx', import.meta.url));
  const network = networkOf(await InferenceSession.create(path), 'image');
  const fetched: string[][] = [];
  const session = new Session(card, {
    takesBatches: false,
    async run(planes, size, outputs) {
      const answers = await network.run(planes, size, outputs);
      fetched.push(Object.keys(answers));
      return answers;
    },
    release: () => network.release(),
  });
  const image = byteRaster({ width: 32, height: 32 }, 3);
  await session.predict({ images: [image], wanted: ['depth'] });
  await session.predict({ images: [image], wanted: ['matte'] });
  await session.predict({ images: [image], wanted: ['matte', 'depth'] });
  await session.release();
  expect(fetched).toEqual([['depth'], ['alpha', 'subject'], ['depth', 'alpha', 'subject']]);
});
