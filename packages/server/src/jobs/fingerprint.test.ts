import { jobQuerySchema } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

const photo = new Uint8Array(2 ** 20 + 5).fill(7);
const of = (query: Record<string, string>, bytes = photo, background?: Uint8Array) =>
  fingerprintOf({ query: jobQuerySchema.parse(query), photo: bytes, background });

/** The same bytes with one of them changed. */
function changed(at: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(photo);
  copy[at] = 8;
  return copy;
}

describe('fingerprintOf', () => {
  it('is the same for the same request, however it is written and wherever its bytes lie', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(photo.length + 3)).subarray(3);
    shared.set(photo);
    const query = { layers: 'matte,depth', size: '512' };
    const first = await of(query);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await of({ size: '512', layers: ' depth , matte' })).toBe(first);
    expect(await of({ ...query, deadlineMs: '1000' })).toBe(first);
    expect(
      await fingerprintOf({
        query: jobQuerySchema.parse(query),
        photo: shared,
        background: undefined,
      }),
    ).toBe(first);
  });

  it('differs by each byte, each option and the background', async () => {
    const all = await Promise.all([
      of({}),
      of({}, changed(0)),
      of({}, changed(2 ** 20)),
      of({}, changed(photo.length - 1)),
      of({}, photo.subarray(0, 2 ** 20)),
      of({}, photo, photo),
      of({ size: '512' }),
      of({ size: '513' }),
      of({ layers: 'matte' }),
      of({ webhook: 'https://a.example/' }),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });
});
