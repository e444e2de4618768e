import { DioramaError } from '@diorama/core';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';

/** DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180): all three are WebCrypto's own, in Node and in pages. */
export const SUITE = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** A key pair of the platform's own. Tests know the types of Node alone, which has no name for it. */
export type KeyPair = Awaited<ReturnType<typeof SUITE.kem.generateKeyPair>>;

/** Bytes of a public key, and of what HPKE calls `enc`: an uncompressed point. */
export const POINT_BYTES = 65;
/** Bytes by which a ciphertext is longer than what it hides. */
export const TAG_BYTES = 16;

const encoder = new TextEncoder();

/** HPKE's `info` of a request. */
export const REQUEST_INFO = encoder.encode('diorama sealed request 1');
/** HPKE's `info` of an answer. */
export const ANSWER_INFO = encoder.encode('diorama sealed answer 1');
/** Names the secret that both sides export from a request, and that its answer is sealed with. */
export const ANSWER_SECRET_INFO = encoder.encode('diorama sealed answer psk 1');
/** Bytes of that secret. */
export const ANSWER_SECRET_BYTES = 32;

/** @throws DioramaError `CONFIG_INVALID` in a page that came over plain http, where browsers have no WebCrypto */
export function assertWebCrypto(): void {
  const { subtle } = globalThis.crypto ?? {};
  if (subtle !== undefined) return;
  const line =
    'Sealing needs the cryptography of the browser, which pages have over https and on localhost only.';
  throw new DioramaError('CONFIG_INVALID', line);
}
