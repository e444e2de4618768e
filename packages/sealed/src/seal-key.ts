import type { SealKeyPair, SealPublicKey } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { assertWebCrypto, type KeyPair, SUITE } from './hpke-suite.ts';

const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const;
/** Letters of a made id: 72 bits of the key's hash, so that no two keys share one. */
const ID_LENGTH = 12;

/** What a new key is to be; times as ISO 8601 in UTC. */
export interface SealKeyOptions {
  /** Letters, digits, `_` and `-`, at most 64; made from the public key by default. */
  readonly id?: string | undefined;
  readonly notBefore?: string | undefined;
  readonly notAfter?: string | undefined;
}

/** Makes a key pair for pictures to be sealed to. @throws DioramaError `CONFIG_INVALID` where there is no WebCrypto */
export async function createSealKey(options: SealKeyOptions = {}): Promise<SealKeyPair> {
  assertWebCrypto();
  const pair = await crypto.subtle.generateKey(P256, true, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const { d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const { id = await idOf(point), notBefore, notAfter } = options;
  return {
    id,
    publicKey: toBase64Url(point),
    privateKey: d,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}

/** The public half of a key, with nothing of its private one. */
export function publicHalf({ id, publicKey, notBefore, notAfter }: SealPublicKey): SealPublicKey {
  return {
    id,
    publicKey,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}

/** A public key for HPKE. @throws DioramaError `CONFIG_INVALID` for a point that is not on the curve */
export async function importPublicKey({
  id,
  publicKey,
}: SealPublicKey): Promise<KeyPair['publicKey']> {
  assertWebCrypto();
  try {
    return await SUITE.kem.deserializePublicKey(fromBase64Url(publicKey));
  } catch (cause) {
    throw new DioramaError('CONFIG_INVALID', `The seal key ${id} is no key of P-256.`, { cause });
  }
}

/** A key pair for HPKE that nobody can export again. @throws DioramaError `CONFIG_INVALID` when its halves are of two keys */
export async function importKeyPair(pair: SealKeyPair): Promise<KeyPair> {
  const publicKey = await importPublicKey(pair);
  const point = fromBase64Url(pair.publicKey);
  const jwk = {
    kty: 'EC',
    crv: P256.namedCurve,
    x: toBase64Url(point.subarray(1, 33)),
    y: toBase64Url(point.subarray(33)),
    d: pair.privateKey,
  };
  try {
    const privateKey = await crypto.subtle.importKey('jwk', jwk, P256, false, ['deriveBits']);
    await assertOneKey({ privateKey, publicKey });
    return { privateKey, publicKey };
  } catch (cause) {
    const line = `The private half of the seal key ${pair.id} does not belong to its public one.`;
    throw new DioramaError('CONFIG_INVALID', line, { cause });
  }
}

/** Platforms differ in whether they look at this when they import a key. */
async function assertOneKey({ privateKey, publicKey }: KeyPair): Promise<void> {
  const other = await crypto.subtle.generateKey(P256, false, ['deriveBits']);
  const secrets = await Promise.all([
    crypto.subtle.deriveBits({ name: 'ECDH', public: other.publicKey }, privateKey, 256),
    crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, other.privateKey, 256),
  ]);
  const [one, two] = secrets.map((secret) => toBase64Url(new Uint8Array(secret)));
  if (one !== two) throw new Error('The halves agree on no secret.');
}

async function idOf(point: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', point));
  return toBase64Url(hash).slice(0, ID_LENGTH);
}
