import type { SealPublicKey } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { chooseSealKey } from './key-choice.ts';
import { formatSealKeys, readSealKeys, readSealPublicKeys } from './key-text.ts';
import { createSealKey, publicHalf } from './seal-key.ts';

const invalid = expect.objectContaining({ code: 'CONFIG_INVALID' });

describe('files of keys', () => {
  it('are read as they were written', async () => {
    const keys = [
      await createSealKey({ notBefore: '2026-11-01T00:00:00.000Z' }),
      await createSealKey({ id: 'next', notAfter: '2027-02-01T00:00:00.000Z' }),
    ];
    expect(readSealKeys(formatSealKeys(keys))).toEqual(keys);
    const halves = keys.map(publicHalf);
    expect(readSealPublicKeys(formatSealKeys(halves))).toEqual(halves);
    const answer = JSON.stringify({ isRequired: true, keys: halves });
    expect(readSealPublicKeys(answer)).toEqual(halves);
  });

  it('give callers no private key', async () => {
    const text = formatSealKeys([await createSealKey()]);
    expect(() => readSealPublicKeys(text)).toThrow(/private keys/);
  });

  it.each([
    'no JSON',
    '{}',
    '[{"id":"a"}]',
    JSON.stringify([{ id: 'a', publicKey: 'x'.repeat(86), privateKey: 'y'.repeat(43) }]),
  ])('are refused when they are none: %s', (text) => {
    expect(() => readSealKeys(text)).toThrow(invalid);
    expect(() => readSealPublicKeys(text)).toThrow(invalid);
  });

  it('say nothing of what is in them', async () => {
    const key = await createSealKey();
    const text = JSON.stringify([{ ...key, privateKey: `${key.privateKey}!` }]);
    const fault = () => readSealKeys(text);
    expect(fault).toThrow('The file is no list of seal keys at 0.privateKey.');
  });

  it('hold each id once', async () => {
    const text = formatSealKeys([
      await createSealKey({ id: 'a' }),
      await createSealKey({ id: 'a' }),
    ]);
    expect(() => readSealKeys(text)).toThrow(/two keys/);
  });
});

describe('the key to seal to', () => {
  const key = { publicKey: '' };
  const nowMs = Date.parse('2026-11-23T00:00:00Z');

  it('is the newest of those that are valid', () => {
    const keys = [
      { ...key, id: 'any' },
      { ...key, id: 'older', notBefore: '2026-10-01T00:00:00Z' },
      { ...key, id: 'newer', notBefore: '2026-11-01T00:00:00Z' },
      { ...key, id: 'over', notBefore: '2026-11-02T00:00:00Z', notAfter: '2026-11-22T00:00:00Z' },
      { ...key, id: 'to come', notBefore: '2026-11-24T00:00:00Z' },
    ];
    expect(chooseSealKey(keys, nowMs).id).toBe('newer');
  });

  it('is none before its time, after it, or where there is none', () => {
    const unknown = expect.objectContaining({ code: 'SEAL_KEY_UNKNOWN' });
    const choices: SealPublicKey[][] = [
      [],
      [{ ...key, id: 'to come', notBefore: '2026-11-24T00:00:00Z' }],
      [{ ...key, id: 'over', notAfter: '2026-11-23T00:00:00Z' }],
    ];
    for (const keys of choices) {
      expect(() => chooseSealKey(keys, nowMs)).toThrow(unknown);
    }
  });
});
