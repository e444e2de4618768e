import { createSealBox, createSealKey, seal } from '@diorama/sealed';
import { describe, expect, it } from 'vitest';
import { newPrivateKey, pointOf, receive, sendTo } from './reference-hpke.ts';

/** The format as docs/sealed.md has it, read and written by hand with another HPKE than ours. */
const REQUEST_INFO = Buffer.from('diorama sealed request 1');
const ANSWER_INFO = Buffer.from('diorama sealed answer 1');
const SECRET_INFO = Buffer.from('diorama sealed answer psk 1');
const TYPE = 'image/png; fitted=true';
const ANSWER_TYPE = 'application/zip';

const bytesOf = (length: number, first: number) =>
  Uint8Array.from({ length }, (_, at) => (first + 7 * at) & 255);
const privateOf = (key: { privateKey: string }) => Buffer.from(key.privateKey, 'base64url');

/** The reference's own plaintext, unpadded up to `padded` bytes. */
function plainOf(own: Buffer, type: string, bytes: Uint8Array, padded: number): Buffer {
  const plain = Buffer.alloc(padded);
  let at = own.copy(plain);
  at = plain.writeUInt16BE(type.length, at);
  at += plain.write(type, at, 'ascii');
  at = plain.writeUInt32BE(bytes.length, at);
  plain.set(bytes, at);
  return plain;
}

function contentOf(plain: Buffer, ownBytes: number) {
  const typeLength = plain.readUInt16BE(ownBytes);
  const lengthAt = ownBytes + 2 + typeLength;
  const bytes = plain.subarray(lengthAt + 4, lengthAt + 4 + plain.readUInt32BE(lengthAt));
  const padding = plain.subarray(lengthAt + 4 + bytes.length);
  return { type: plain.toString('ascii', ownBytes + 2, lengthAt), bytes, padding };
}

describe('the format of sealed messages', () => {
  it('is read, and answered, by another implementation', async () => {
    const key = await createSealKey({ id: 'key_1' });
    const picture = bytesOf(20_000, 3);
    const nowMs = 1_790_000_000_123;
    const sealed = await seal({ contentType: TYPE, bytes: picture }, key, { nowMs });
    const message = Buffer.from(sealed.message);

    expect(message.toString('latin1', 0, 5)).toBe('DSRQ\x01');
    expect(message[5]).toBe(5);
    expect(message.toString('ascii', 6, 11)).toBe('key_1');
    expect(message.readBigUInt64BE(11)).toBe(BigInt(nowMs));
    const header = message.subarray(0, 19 + 65);
    const enc = header.subarray(19);
    const context = receive(enc, privateOf(key), { aeadId: 2, info: REQUEST_INFO });
    const plain = context.open(message.subarray(header.length), header);
    expect(plain.length).toBe(20_480);
    const content = contentOf(plain, 65);
    expect(content.type).toBe(TYPE);
    expect(content.bytes).toEqual(Buffer.from(picture));
    expect(content.padding.every((byte) => byte === 0)).toBe(true);

    const psk = { psk: context.export(SECRET_INFO, 32), pskId: header };
    const setUp = { aeadId: 2, info: ANSWER_INFO, psk } as const;
    const answering = sendTo(plain.subarray(0, 65), newPrivateKey(), setUp);
    const answerHeader = Buffer.concat([Buffer.from('DSAN\x01', 'latin1'), answering.enc]);
    const answerPlain = plainOf(Buffer.alloc(0), ANSWER_TYPE, bytesOf(99, 1), 4096);
    const answer = Buffer.concat([answerHeader, answering.seal(answerPlain, answerHeader)]);
    expect(await sealed.openAnswer(answer)).toEqual({
      contentType: ANSWER_TYPE,
      bytes: bytesOf(99, 1),
    });
  });

  it('is written by another implementation, which reads the answer', async () => {
    const key = await createSealKey();
    const own = newPrivateKey();
    const point = Buffer.from(key.publicKey, 'base64url');
    const sending = sendTo(point, newPrivateKey(), { aeadId: 2, info: REQUEST_INFO });
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(Date.now()));
    const header = Buffer.concat([
      Buffer.from('DSRQ\x01', 'latin1'),
      Buffer.from([key.id.length]),
      Buffer.from(key.id),
      time,
      sending.enc,
    ]);
    const plain = plainOf(pointOf(own), TYPE, bytesOf(500, 9), 1000);
    const box = createSealBox([key]);
    const opened = await box.open(Buffer.concat([header, sending.seal(plain, header)]));
    expect(opened.content).toEqual({ contentType: TYPE, bytes: bytesOf(500, 9) });

    const answer = Buffer.from(
      await opened.sealAnswer({ contentType: ANSWER_TYPE, bytes: bytesOf(70_000, 5) }),
    );
    expect(answer.toString('latin1', 0, 5)).toBe('DSAN\x01');
    const psk = { psk: sending.export(SECRET_INFO, 32), pskId: header };
    const opening = receive(answer.subarray(5, 70), own, { aeadId: 2, info: ANSWER_INFO, psk });
    const answered = opening.open(answer.subarray(70), answer.subarray(0, 70));
    expect(answered.length).toBe(71_680);
    const { type, bytes } = contentOf(answered, 0);
    expect(type).toBe(ANSWER_TYPE);
    expect(bytes).toEqual(Buffer.from(bytesOf(70_000, 5)));
  });

  it('refuses an answer from who knows the one-time key and not the secret of the request', async () => {
    const key = await createSealKey();
    const sealed = await seal({ contentType: TYPE, bytes: bytesOf(10, 1) }, key);
    const message = Buffer.from(sealed.message);
    const header = message.subarray(0, 6 + key.id.length + 8 + 65);
    const setUp = { aeadId: 2, info: REQUEST_INFO } as const;
    const context = receive(header.subarray(-65), privateOf(key), setUp);
    const oneTime = context.open(message.subarray(header.length), header).subarray(0, 65);
    const forged = { psk: Buffer.alloc(32, 1), pskId: header };
    for (const psk of [undefined, forged]) {
      const own = psk === undefined ? {} : { psk };
      const forging = sendTo(oneTime, newPrivateKey(), { aeadId: 2, info: ANSWER_INFO, ...own });
      const head = Buffer.concat([Buffer.from('DSAN\x01', 'latin1'), forging.enc]);
      const plain = plainOf(Buffer.alloc(0), ANSWER_TYPE, bytesOf(9, 1), 4096);
      const answer = Buffer.concat([head, forging.seal(plain, head)]);
      await expect(sealed.openAnswer(answer)).rejects.toMatchObject({ code: 'SEAL_INVALID' });
    }
  });
});
