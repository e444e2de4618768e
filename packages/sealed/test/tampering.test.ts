import { createSealBox, createSealKey, type SealBoxOptions, seal } from '@diorama/sealed';
import { describe, expect, it } from 'vitest';

const CONTENT = { contentType: 'image/png', bytes: new Uint8Array(3000).fill(9) };
const ANSWER = { contentType: 'application/zip', bytes: new Uint8Array(900).fill(4) };
const invalid = { name: 'DioramaError', code: 'SEAL_INVALID' };

async function exchange(options: SealBoxOptions = {}) {
  const key = await createSealKey({ id: 'k' });
  const box = createSealBox([key], options);
  const sealed = await seal(CONTENT, key);
  return { key, box, sealed };
}

function flipped(message: Uint8Array, at: number, bit = 1): Uint8Array<ArrayBuffer> {
  const copy = message.slice();
  copy[at] = (copy[at] ?? 0) ^ bit;
  return copy;
}

/** Where each part of a request with the key `k` begins: see docs/sealed.md. */
const REQUEST_PARTS = {
  magic: 0,
  version: 4,
  'length of the id': 5,
  id: 6,
  time: 7,
  'first byte of enc': 15,
  'x of enc': 16,
  'y of enc': 48,
  'first byte of the ciphertext': 80,
  'last byte of the ciphertext': -17,
  tag: -1,
} as const;
const ANSWER_PARTS = {
  magic: 0,
  version: 4,
  'first byte of enc': 5,
  'x of enc': 6,
  'y of enc': 38,
  'first byte of the ciphertext': 70,
  'last byte of the ciphertext': -17,
  tag: -1,
} as const;

/** The same bytes as Node hands small bodies over: a Buffer amid memory that it shares with others. */
function amidOthers(message: Uint8Array): Uint8Array {
  const memory = Buffer.alloc(message.length + 200, 0xff);
  memory.set(message, 100);
  return memory.subarray(100, 100 + message.length);
}

describe('a message that lies amid the memory of others', () => {
  it('is opened like any, and its answer too', async () => {
    const { box, sealed } = await exchange();
    const opened = await box.open(amidOthers(sealed.message));
    expect(opened.content).toEqual(CONTENT);
    const answer = amidOthers(await opened.sealAnswer(ANSWER));
    await expect(sealed.openAnswer(answer)).resolves.toEqual(ANSWER);
  });
});

describe('a sealed request', () => {
  it.each(Object.entries(REQUEST_PARTS))('is refused when its %s was changed', async (_, at) => {
    const { box, sealed } = await exchange();
    const changed = flipped(sealed.message, at < 0 ? sealed.message.length + at : at);
    const code = expect.stringMatching(/^SEAL_(INVALID|KEY_UNKNOWN|STALE)$/);
    await expect(box.open(changed)).rejects.toMatchObject({ name: 'DioramaError', code });
    await expect(box.open(sealed.message)).resolves.toMatchObject({ content: CONTENT });
  });

  it('is refused when the last bit of its time was changed', async () => {
    const { box, sealed } = await exchange();
    await expect(box.open(flipped(sealed.message, 14))).rejects.toMatchObject(invalid);
  });

  it('is refused at any length that is not its own', async () => {
    const { box, sealed } = await exchange();
    for (let length = 0; length < sealed.message.length; length += length < 100 ? 1 : 997) {
      await expect(box.open(sealed.message.slice(0, length))).rejects.toMatchObject(invalid);
    }
    const longer = new Uint8Array(sealed.message.length + 1);
    longer.set(sealed.message);
    await expect(box.open(longer)).rejects.toMatchObject(invalid);
  });

  it('is refused when its point is not on the curve, or is written in another way', async () => {
    const { box, sealed } = await exchange();
    const hybrid = sealed.message.slice();
    hybrid[15] = 6 + ((hybrid[79] ?? 0) & 1);
    await expect(box.open(hybrid)).rejects.toMatchObject(invalid);
    const nowhere = sealed.message.slice().fill(0, 16, 80);
    await expect(box.open(nowhere)).rejects.toMatchObject(invalid);
  });

  it('is refused before anything is computed when it is too large', async () => {
    const { box, sealed } = await exchange({ maxMessageBytes: 2000 });
    await expect(box.open(sealed.message)).rejects.toMatchObject(invalid);
    const { key } = await exchange();
    const huge = { contentType: '', bytes: new Uint8Array(2 ** 25) };
    await expect(seal(huge, key)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('survives whatever bytes come', async () => {
    const { box } = await exchange();
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 24;
    };
    for (let n = 0; n < 300; n++) {
      const bytes = Uint8Array.from({ length: random() * 2 }, random);
      if (n % 2) bytes.set([0x44, 0x53, 0x52, 0x51, 1, 1, 0x6b].slice(0, bytes.length));
      await expect(box.open(bytes)).rejects.toMatchObject({ name: 'DioramaError' });
    }
  });
});

describe('a sealed answer', () => {
  it.each(Object.entries(ANSWER_PARTS))('is refused when its %s was changed', async (_, at) => {
    const { box, sealed } = await exchange();
    const answer = await (await box.open(sealed.message)).sealAnswer(ANSWER);
    const changed = flipped(answer, at < 0 ? answer.length + at : at);
    await expect(sealed.openAnswer(changed)).rejects.toMatchObject(invalid);
    expect(await sealed.openAnswer(answer)).toEqual(ANSWER);
  });

  it('is refused when it is cut, or is the answer to another request', async () => {
    const { box, key, sealed } = await exchange();
    const answer = await (await box.open(sealed.message)).sealAnswer(ANSWER);
    for (const length of [0, 4, 5, 69, 70, 85, 86, answer.length - 1]) {
      await expect(sealed.openAnswer(answer.slice(0, length))).rejects.toMatchObject(invalid);
    }
    const other = await seal(CONTENT, key);
    await expect(other.openAnswer(answer)).rejects.toMatchObject(invalid);
  });
});
