import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collectBytes } from './bytes.ts';

describe('collectBytes', () => {
  it('joins what comes into memory of its own, which may be handed to another thread', async () => {
    const bytes = await collectBytes(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3);
    expect([...bytes]).toEqual([97, 98, 99]);
    expect(bytes.buffer.byteLength).toBe(3);
    expect([...structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })]).toHaveLength(
      3,
    );
  });

  it('refuses the first byte too many, and reads the rest away', async () => {
    const source = Readable.from([Buffer.from('abcd'), Buffer.from('ef')]);
    const end = once(source, 'end');
    await expect(collectBytes(source, 3)).rejects.toMatchObject({
      code: 'PHOTO_TOO_MANY_BYTES',
      detail: { allowed: 3 },
    });
    await end;
  });

  it('says when the stream breaks off', async () => {
    const source = new Readable({ read: () => undefined });
    const collected = collectBytes(source, 10);
    source.push('ab');
    source.destroy();
    await expect(collected).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
