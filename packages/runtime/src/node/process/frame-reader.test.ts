import { describe, expect, it } from 'vitest';
import { FrameReader, LENGTH_BYTES, MOST_HEADER_BYTES } from './frame-reader.ts';
import { packMessage } from './message-frame.ts';

const shared = new Uint8Array(new SharedArrayBuffer(3)).fill(7);
const message = {
  kind: 'task',
  nothing: undefined,
  files: new Map([
    ['depth.png', Uint8Array.from({ length: 300 }, (_, n) => n % 256)],
    ['empty.png', new Uint8Array(0)],
  ]),
  planes: [new Float32Array([0.5, Number.NaN]), new Uint16Array([1, 65535]), new BigInt64Array(1)],
  view: new DataView(new Uint8Array([1, 2, 3]).buffer, 1),
  when: new Date(0),
};

function bytesOf(value: unknown): Buffer {
  const { header, bodies } = packMessage(value);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, ...bodies]);
}

function read(bytes: Uint8Array, pieceBytes: number): unknown[] {
  const messages: unknown[] = [];
  const reader = new FrameReader();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    messages.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
  }
  return messages;
}

describe('messages that come in pieces', () => {
  const bytes = Buffer.concat([bytesOf(message), bytesOf('short'), bytesOf(message)]);

  it.each([1, 7, 64, 1_000_000])('of %i bytes are whole again, in order', (pieceBytes) => {
    expect(read(bytes, pieceBytes)).toEqual([message, 'short', message]);
  });

  it('are not told before their last byte', () => {
    const one = bytesOf(message);
    expect(read(one.subarray(0, -1), 50)).toEqual([]);
  });

  it('bring each array in memory of its own, which may move on to another thread', () => {
    const whole = new Uint8Array([1, 2, 3, 4, 5, 6]);
    const [value] = read(bytesOf([whole.subarray(2, 4), whole.subarray(3)]), 100);
    const [first, second] = value as [Uint8Array, Uint8Array];
    expect([...first, ...second]).toEqual([3, 4, 4, 5, 6]);
    expect(first.buffer.byteLength).toBe(2);
    expect(second.buffer).not.toBe(first.buffer);
  });

  it('bring what is named twice once, and bytes of shared memory and buffers as plain arrays', () => {
    const plane = new Float32Array([3]);
    const [value] = read(bytesOf([plane, plane, shared, Buffer.from('ab')]), 100);
    const [a, b, c, d] = value as Uint8Array[];
    expect(a).toBe(b);
    expect(c).toEqual(new Uint8Array([7, 7, 7]));
    expect(c?.buffer).toBeInstanceOf(ArrayBuffer);
    expect(d).toEqual(new Uint8Array([97, 98]));
  });
});

describe('what is no message', () => {
  it.each([
    ['a length of nothing', Buffer.alloc(LENGTH_BYTES)],
    ['a length beyond any header', lengthOf(MOST_HEADER_BYTES + 1)],
    ['a header of noise', Buffer.concat([lengthOf(6), Buffer.from('noise!')])],
  ])('is refused: %s', (_, bytes) => {
    expect(() => read(bytes, 100)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('is refused before memory is taken for an array that no photo has', () => {
    const bytes = bytesOf(new Uint8Array(300));
    // Its length is the last number of the header: 300 in two groups of seven bits, the lower one first.
    const at = bytes.indexOf(Buffer.from([0xac, 0x02]));
    const huge = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]);
    const header = Buffer.concat([bytes.subarray(LENGTH_BYTES, at), huge]);
    const frame = Buffer.concat([lengthOf(header.length), header]);
    expect(() => read(frame, 100)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it.each([() => undefined, { deep: Symbol('no data') }, new SharedArrayBuffer(1)])(
    'is not sent: %o',
    (value) => {
      expect(() => packMessage(value)).toThrow();
    },
  );
});

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(bytes);
  return length;
}
