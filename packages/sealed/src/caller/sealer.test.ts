import { DioramaError } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { createSealBox, type SealBox } from '../seal-box.ts';
import { createSealKey } from '../seal-key.ts';
import { createSealer, type SendSealed } from './sealer.ts';

const CONTENT = { contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
const ANSWER = { contentType: 'application/zip', bytes: new Uint8Array([4, 5]) };
const HOUR_MS = 3_600_000;

/** A predictor that opens, answers, and counts what came. */
function predictorWith(box: SealBox) {
  const messages: Uint8Array[] = [];
  const send: SendSealed = async (message) => {
    messages.push(message);
    const opened = await box.open(message);
    return opened.sealAnswer({ ...ANSWER, contentType: opened.content.contentType });
  };
  return { messages, send };
}

describe('a sealer', () => {
  it('seals to keys that are pinned, and to no others', async () => {
    const [key, other] = [await createSealKey(), await createSealKey()];
    const { send, messages } = predictorWith(createSealBox([key]));
    const sealer = createSealer({ keys: [key] });
    expect(await sealer.exchange(CONTENT, send)).toEqual({ ...ANSWER, contentType: 'image/png' });
    const wrong = createSealer({ keys: [other] });
    await expect(wrong.exchange(CONTENT, send)).rejects.toMatchObject({ code: 'SEAL_KEY_UNKNOWN' });
    expect(messages).toHaveLength(2);
  });

  it('asks for keys once for many, and anew when they are not known any more', async () => {
    const [old, young] = [await createSealKey(), await createSealKey()];
    const box = createSealBox([old]);
    const { send, messages } = predictorWith(box);
    let asked = 0;
    const keys = async () => {
      asked++;
      return box.publicKeys();
    };
    const sealer = createSealer({ keys });
    await Promise.all([1, 2, 3].map(() => sealer.exchange(CONTENT, send)));
    await sealer.exchange(CONTENT, send);
    expect(asked).toBe(1);
    await box.replaceKeys([young]);
    await sealer.exchange(CONTENT, send);
    expect(asked).toBe(2);
    expect(messages).toHaveLength(6);
  });

  it('gives up when the keys that it is told are of no use', async () => {
    const { send, messages } = predictorWith(createSealBox([await createSealKey()]));
    const wrong = await createSealKey();
    const sealer = createSealer({ keys: async () => [wrong] });
    const exchange = sealer.exchange(CONTENT, send);
    await expect(exchange).rejects.toMatchObject({ code: 'SEAL_KEY_UNKNOWN' });
    expect(messages).toHaveLength(2);
    const none = createSealer({ keys: async () => [] });
    await expect(none.exchange(CONTENT, send)).rejects.toMatchObject({ code: 'SEAL_KEY_UNKNOWN' });
    expect(messages).toHaveLength(2);
  });

  it('asks again after an hour, and goes on with what it knows where nobody answers', async () => {
    let nowMs = Date.now();
    const now = () => nowMs;
    const key = await createSealKey();
    const { send } = predictorWith(createSealBox([key], { now }));
    let asked = 0;
    const keys = async () => {
      if (asked++ > 0) throw new DioramaError('PREDICTOR_UNAVAILABLE', 'It is away.');
      return [key];
    };
    const sealer = createSealer({ keys, now });
    await sealer.exchange(CONTENT, send);
    nowMs += HOUR_MS + 1;
    await sealer.exchange(CONTENT, send);
    expect(asked).toBe(2);
  });

  it('works with a clock that is wrong', async () => {
    const key = await createSealKey();
    const { send, messages } = predictorWith(createSealBox([key]));
    for (const wrongMs of [-HOUR_MS, HOUR_MS]) {
      const sealer = createSealer({ keys: [key], now: () => Date.now() + wrongMs });
      messages.length = 0;
      await sealer.exchange(CONTENT, send);
      await sealer.exchange(CONTENT, send);
      expect(messages).toHaveLength(3);
    }
  });

  it('seals anew what was delivered twice', async () => {
    const key = await createSealKey();
    const { send, messages } = predictorWith(createSealBox([key]));
    const twice: SendSealed = async (message) => {
      const first = await send(message);
      return messages.length === 1 ? send(message) : first;
    };
    await createSealer({ keys: [key] }).exchange(CONTENT, twice);
    expect(messages).toHaveLength(3);
    expect(messages[0]).toEqual(messages[1]);
    expect(messages[2]).not.toEqual(messages[1]);
  });

  it('takes no answer that is not sealed, and repeats nothing for it', async () => {
    const key = await createSealKey();
    const { send, messages } = predictorWith(createSealBox([key]));
    const garbled: SendSealed = async (message) => (await send(message)).map((byte) => byte ^ 1);
    const sealer = createSealer({ keys: [key] });
    await expect(sealer.exchange(CONTENT, garbled)).rejects.toMatchObject({ code: 'SEAL_INVALID' });
    expect(messages).toHaveLength(1);
  });

  it('lets whoever cancels go, and the others have their keys', async () => {
    const key = await createSealKey();
    const { send } = predictorWith(createSealBox([key]));
    const { promise, resolve } = deferred<readonly (typeof key)[]>();
    const sealer = createSealer({ keys: () => promise });
    const controller = new AbortController();
    const left = sealer.exchange(CONTENT, send, controller.signal);
    const stays = sealer.exchange(CONTENT, send);
    controller.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    resolve([key]);
    await expect(stays).resolves.toBeDefined();
  });
});

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
