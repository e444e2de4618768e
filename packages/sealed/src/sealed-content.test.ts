import { describe, expect, it } from 'vitest';
import { roomInSealedAnswer, roomInSealedRequest } from './message-size.ts';
import { seal } from './seal.ts';
import { createSealBox } from './seal-box.ts';
import { createSealKey } from './seal-key.ts';
import { largestUnpadded, paddedBytes, readPlain, writePlain } from './sealed-content.ts';

describe('padding', () => {
  it('is what Padmé says, from 4 KiB on', () => {
    expect([0, 1, 4096].map(paddedBytes)).toEqual([4096, 4096, 4096]);
    expect([4097, 9000, 1_000_000, 1_500_000].map(paddedBytes)).toEqual([
      4352, 9216, 1_015_808, 1_507_328,
    ]);
  });

  it('adds less than 12 %, never shrinks, and leaves what it made as it is', () => {
    for (let bytes = 4096; bytes < 2 ** 25; bytes = Math.ceil(bytes * 1.013)) {
      const padded = paddedBytes(bytes);
      expect(padded).toBeGreaterThanOrEqual(bytes);
      expect(padded / bytes).toBeLessThan(1.12);
      expect(paddedBytes(padded)).toBe(padded);
    }
  });

  it('is turned around by the largest size that still fits', () => {
    for (let bytes = 4096; bytes < 2 ** 25; bytes = Math.ceil(bytes * 1.017)) {
      const largest = largestUnpadded(bytes);
      expect(paddedBytes(largest)).toBeLessThanOrEqual(bytes);
      expect(paddedBytes(largest + 1)).toBeGreaterThan(bytes);
    }
    expect(largestUnpadded(4095)).toBe(-1);
  });
});

describe('the room in a message', () => {
  const contentType = 'image/png; fitted=true';

  it.each([5000, 10_000, 123_456, 1_500_000])('of %i bytes is used and kept', async (maxBytes) => {
    const key = await createSealKey({ id: 'x'.repeat(64) });
    const box = createSealBox([key]);
    const bytes = new Uint8Array(roomInSealedRequest(maxBytes, contentType));
    const { message } = await seal({ contentType, bytes }, key);
    expect(message.length).toBeLessThanOrEqual(maxBytes);
    expect(message.length).toBeGreaterThan(0.87 * maxBytes - 200);
    const opened = await box.open(message);
    const answerBytes = new Uint8Array(roomInSealedAnswer(maxBytes, contentType));
    const answer = await opened.sealAnswer({ contentType, bytes: answerBytes });
    expect(answer.length).toBeLessThanOrEqual(maxBytes);
  });

  it('is none in what is smaller than the smallest message', () => {
    expect(roomInSealedRequest(4000, contentType)).toBeLessThan(0);
    expect(roomInSealedAnswer(4000, contentType)).toBeLessThan(0);
  });
});

describe('what is encrypted', () => {
  const own = new Uint8Array([1, 2, 3]);

  it('is read as it was written', () => {
    const content = { contentType: 'a/b', bytes: new Uint8Array([7, 8]) };
    const plain = writePlain(own, content);
    expect(plain.length).toBe(4096);
    expect(readPlain(plain.buffer, 3)).toEqual({ own, content });
  });

  it.each([
    ['a type longer than all of it', [0xff, 0xff]],
    ['a content longer than all of it', [0, 0, 0xff, 0xff, 0xff, 0xff]],
    ['no content at all', [0, 2, 65, 66, 0]],
    ['a type that breaks lines', [0, 1, 10, 0, 0, 0, 0]],
  ])('is refused with %s', (_, bytes) => {
    expect(readPlain(Uint8Array.from([...own, ...bytes]).buffer, 3)).toBeUndefined();
  });

  it('takes no type that is none', () => {
    for (const contentType of ['a\r\nb', 'ä', 'x'.repeat(1025)]) {
      const write = () => writePlain(own, { contentType, bytes: new Uint8Array() });
      expect(write).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
    }
  });
});
