import { createCipheriv, createDecipheriv, createECDH, createHmac } from 'node:crypto';

/** HPKE (RFC 9180) written from the RFC alone on Node's older cryptography, to compare with: P-256, HKDF-SHA256, AES-GCM. */
export interface ReferenceSuite {
  readonly aeadId: 1 | 2;
}

export interface ReferencePsk {
  readonly psk: Buffer;
  readonly pskId: Buffer;
}

const NO_PSK: ReferencePsk = { psk: Buffer.alloc(0), pskId: Buffer.alloc(0) };
const KEY_BYTES = { 1: 16, 2: 32 } as const;

const text = (letters: string) => Buffer.from(letters, 'latin1');
const i2osp = (value: number, bytes: number) => {
  const out = Buffer.alloc(bytes);
  out.writeUIntBE(value, 0, bytes);
  return out;
};
const KEM_ID = Buffer.concat([text('KEM'), i2osp(0x0010, 2)]);
const hmac = (key: Buffer, data: Buffer) => createHmac('sha256', key).update(data).digest();

function labeledExtract(id: Buffer, salt: Buffer, label: string, ikm: Buffer): Buffer {
  return hmac(
    salt.length === 0 ? Buffer.alloc(32) : salt,
    Buffer.concat([text('HPKE-v1'), id, text(label), ikm]),
  );
}

function labeledExpand(id: Buffer, prk: Buffer, label: string, info: Buffer, length: number) {
  const labeled = Buffer.concat([i2osp(length, 2), text('HPKE-v1'), id, text(label), info]);
  const blocks: Buffer[] = [];
  for (let n = 1; 32 * blocks.length < length; n++) {
    blocks.push(hmac(prk, Buffer.concat([blocks.at(-1) ?? Buffer.alloc(0), labeled, i2osp(n, 1)])));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** Section 4.1: what both sides share, of a private key and the other's point. */
function sharedSecret(own: Buffer, other: Buffer, context: Buffer): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(own);
  const prk = labeledExtract(KEM_ID, Buffer.alloc(0), 'eae_prk', ecdh.computeSecret(other));
  return labeledExpand(KEM_ID, prk, 'shared_secret', context, 32);
}

/** What both sides have after the set-up; `seal` and `open` are for the first message alone. */
export interface ReferenceContext {
  readonly enc: Buffer;
  seal(plain: Buffer, aad: Buffer): Buffer;
  /** Throws where the message or its aad was changed. */
  open(ciphertext: Buffer, aad: Buffer): Buffer;
  export(info: Buffer, length: number): Buffer;
}

interface SetUp extends ReferenceSuite {
  readonly info: Buffer;
  readonly psk?: ReferencePsk;
}

/** Section 5.1 */
function schedule(enc: Buffer, shared: Buffer, { aeadId, info, psk = NO_PSK }: SetUp) {
  const id = Buffer.concat([text('HPKE'), i2osp(0x0010, 2), i2osp(0x0001, 2), i2osp(aeadId, 2)]);
  const none = Buffer.alloc(0);
  const context = Buffer.concat([
    i2osp(psk === NO_PSK ? 0 : 1, 1),
    labeledExtract(id, none, 'psk_id_hash', psk.pskId),
    labeledExtract(id, none, 'info_hash', info),
  ]);
  const secret = labeledExtract(id, shared, 'secret', psk.psk);
  const key = labeledExpand(id, secret, 'key', context, KEY_BYTES[aeadId]);
  const nonce = labeledExpand(id, secret, 'base_nonce', context, 12);
  const exporter = labeledExpand(id, secret, 'exp', context, 32);
  const cipher = aeadId === 1 ? 'aes-128-gcm' : 'aes-256-gcm';
  return {
    enc,
    seal: (plain: Buffer, aad: Buffer) => {
      const sealing = createCipheriv(cipher, key, nonce).setAAD(aad);
      return Buffer.concat([sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
    },
    open: (ciphertext: Buffer, aad: Buffer) => {
      const opening = createDecipheriv(cipher, key, nonce).setAAD(aad);
      opening.setAuthTag(ciphertext.subarray(-16));
      return Buffer.concat([opening.update(ciphertext.subarray(0, -16)), opening.final()]);
    },
    export: (exported: Buffer, length: number) =>
      labeledExpand(id, exporter, 'sec', exported, length),
  } satisfies ReferenceContext;
}

/** The sender's side, with an ephemeral key that is given, as test vectors need it. */
export function sendTo(point: Buffer, ephemeral: Buffer, setUp: SetUp): ReferenceContext {
  const enc = pointOf(ephemeral);
  return schedule(enc, sharedSecret(ephemeral, point, Buffer.concat([enc, point])), setUp);
}

/** The receiver's side. */
export function receive(enc: Buffer, own: Buffer, setUp: SetUp): ReferenceContext {
  return schedule(enc, sharedSecret(own, enc, Buffer.concat([enc, pointOf(own)])), setUp);
}

/** The public point of a private key, uncompressed. */
export function pointOf(own: Buffer): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(own);
  return ecdh.getPublicKey();
}

/** A new private key. */
export function newPrivateKey(): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return Buffer.concat([Buffer.alloc(32), ecdh.getPrivateKey()]).subarray(-32);
}
