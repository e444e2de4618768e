import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { describe, expect, it } from 'vitest';
import { receive, sendTo } from './reference-hpke.ts';

/** RFC 9180, appendix A.3: P-256, HKDF-SHA256, AES-128-GCM. It has none with AES-256. */
const INFO = '4f6465206f6e2061204772656369616e2055726e';
const PLAIN = '4265617574792069732074727574682c20747275746820626561757479';
const AAD = '436f756e742d30';
const EXPORT_INFO = '54657374436f6e74657874';
const VECTORS = [
  {
    name: 'A.3.1, base',
    skE: '4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb',
    pkR: '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
    skR: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
    enc: '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
    psk: undefined,
    ciphertext:
      '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
    exported: 'd8f1ea7942adbba7412c6d431c62d01371ea476b823eb697e1f6e6cae1dab85a',
  },
  {
    name: 'A.3.2, PSK',
    skE: '57427244f6cc016cddf1c19c8973b4060aa13579b4c067fd5d93a5d74e32a90f',
    pkR: '040d97419ae99f13007a93996648b2674e5260a8ebd2b822e84899cd52d87446ea394ca76223b76639eccdf00e1967db10ade37db4e7db476261fcc8df97c5ffd1',
    skR: '438d8bcef33b89e0e9ae5eb0957c353c25a94584b0dd59c991372a75b43cb661',
    enc: '04305d35563527bce037773d79a13deabed0e8e7cde61eecee403496959e89e4d0ca701726696d1485137ccb5341b3c1c7aaee90a4a02449725e744b1193b53b5f',
    psk: {
      psk: '0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82',
      pskId: '456e6e796e20447572696e206172616e204d6f726961',
    },
    ciphertext:
      '90c4deb5b75318530194e4bb62f890b019b1397bbf9d0d6eb918890e1fb2be1ac2603193b60a49c2126b75d0eb',
    exported: '164e02144d44b607a7722e58b0f4156e67c0c2874d74cf71da6ca48a4cbdc5e0',
  },
] as const;

const hex = (text: string) => Buffer.from(text, 'hex');

describe.each(VECTORS)('the vectors of RFC 9180, $name', (vector) => {
  const { skE, pkR, skR, enc, ciphertext, exported } = vector;
  const psk = vector.psk && { psk: hex(vector.psk.psk), pskId: hex(vector.psk.pskId) };
  const info = hex(INFO);

  it('hold for what our messages are compared with', () => {
    const setUp = { aeadId: 1, info, ...(psk === undefined ? {} : { psk }) } as const;
    const sender = sendTo(hex(pkR), hex(skE), setUp);
    expect(sender.enc.toString('hex')).toBe(enc);
    expect(sender.seal(hex(PLAIN), hex(AAD)).toString('hex')).toBe(ciphertext);
    const receiver = receive(hex(enc), hex(skR), setUp);
    expect(receiver.open(hex(ciphertext), hex(AAD)).toString('hex')).toBe(PLAIN);
    expect(receiver.export(hex(EXPORT_INFO), 32).toString('hex')).toBe(exported);
  });

  it('hold for the library that makes them', async () => {
    const suite = new CipherSuite({
      kem: new DhkemP256HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes128Gcm(),
    });
    const receiver = await suite.createRecipientContext({
      recipientKey: await suite.kem.deserializePrivateKey(hex(skR)),
      enc: hex(enc),
      info,
      ...(psk === undefined ? {} : { psk: { id: psk.pskId, key: psk.psk } }),
    });
    const plain = Buffer.from(await receiver.open(hex(ciphertext), hex(AAD)));
    expect(plain.toString('hex')).toBe(PLAIN);
    const secret = Buffer.from(await receiver.export(hex(EXPORT_INFO), 32));
    expect(secret.toString('hex')).toBe(exported);
  });
});
