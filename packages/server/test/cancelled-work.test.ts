import { once } from 'node:events';
import { request } from 'node:http';
import { DioramaError } from '@diorama/core';
import { createDiorama } from '@diorama/engine';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { DEFAULT_MODEL_ID, findModelCard, type Prediction } from '@diorama/runtime';
import { buildApp, loadConfig } from '@diorama/server';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleOf } from './prometheus-text.ts';

const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The real engine with one photo worker, whose network is never done, and a server before it. */
async function listen() {
  const asked: AbortSignal[] = [];
  const diorama = await createDiorama({
    photoWorkers: 1,
    predictor: {
      card: await findModelCard(DEFAULT_MODEL_ID),
      provider: 'cpu',
      predict: (_request, signal) => {
        if (!signal) throw new DioramaError('INTERNAL', 'A prediction without a signal.');
        asked.push(signal);
        return new Promise<Prediction>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      },
      dispose: async () => undefined,
    },
  });
  const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), { diorama });
  open.push(
    () => diorama.dispose(),
    async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  );
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const photo = await PHOTO_FILE_MAKERS.jpeg();
  /** Sends a photo; whoever sent it can go away. */
  const send = (url = '/v1/layers') => {
    const call = request(`${address}${url}`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
    });
    call.on('error', () => undefined);
    call.end(photo);
    return call;
  };
  const figure = async (name: string) =>
    sampleOf(await (await fetch(`${address}/metrics`)).text(), name);
  const until = async (name: string, value: number) => {
    while ((await figure(name)) !== value) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { diorama, asked, send, until };
}

describe('a caller who goes away', () => {
  it('has a waiting photo taken out, and the work on another stopped at its next step', async () => {
    const { diorama, asked, send, until } = await listen();
    const first = send();
    await until('diorama_photos_working', 1);
    const second = send();
    await until('diorama_photos_waiting', 1);
    const third = send();
    await until('diorama_photos_waiting', 2);
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));

    second.destroy();
    await until('diorama_photos_waiting', 1);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.aborted).toBe(false);

    first.destroy();
    // The worker is free only once the photo that nobody wants is given up for real.
    while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(asked[0]?.reason).toMatchObject({ code: 'CANCELLED' });
    expect(diorama.stats().photos).toMatchObject({ busy: 1, queued: 0, crashes: 0 });

    third.destroy();
    await until('diorama_photos_working', 0);
    while (diorama.stats().photos.busy > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(asked).toHaveLength(2);
    await until('diorama_held_bytes', 0);
  });

  it('is not needed for the deadline to do the same', async () => {
    const { diorama, asked, send } = await listen();
    const [answer] = (await once(send('/v1/layers?deadlineMs=1500'), 'response')) as [
      { readonly statusCode: number },
    ];
    expect(answer.statusCode).toBe(504);
    expect(asked[0]?.aborted).toBe(true);
    while (diorama.stats().photos.busy > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
