import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collectBytes } from './bytes.ts';

describe('collectBytes', () => {
  it('joins what comes, announced or not, or announced wrongly', async () => {
    for (const expectedBytes of [undefined, 0, 2, 3, 100]) {
      const source = Readable.from([Buffer.from('ab'), Buffer.from('c')]);
      expect([...(await collectBytes(source, 3, { expectedBytes }))]).toEqual([97, 98, 99]);
    }
  });

  it('gathers memory that another thread gets without a copy', async () => {
    const bytes = await collectBytes(Readable.from([Buffer.from('ab')]), 3);
    const theirs = structuredClone(bytes);
    bytes[0] = 120;
    expect([...theirs]).toEqual([120, 98]);
  });

  it('ends with the signal, and reads the rest away', async () => {
    const stop = new AbortController();
    const source = new Readable({ read: () => undefined });
    const collected = collectBytes(source, 10, { signal: stop.signal });
    source.push('ab');
    stop.abort(new Error('late'));
    await expect(collected).rejects.toThrow('late');
    const end = once(source, 'end');
    source.push('cd');
    source.push(null);
    await end;
    const late = collectBytes(Readable.from([Buffer.from('ab')]), 10, { signal: stop.signal });
    await expect(late).rejects.toThrow('late');
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
