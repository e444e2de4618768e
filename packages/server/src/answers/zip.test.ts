import { Readable } from 'node:stream';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipBody } from './zip.ts';

describe('zipBody', () => {
  it('writes what another reader reads back, in the length that it announces', async () => {
    const entries = [
      { path: 'layers.json', bytes: new TextEncoder().encode('{}') },
      { path: 'empty.bin', bytes: new Uint8Array(0) },
      { path: 'depth.png', bytes: Uint8Array.from({ length: 2_500_000 }, (_, i) => i * 7) },
    ];
    const { contentLength, pieces } = zipBody(entries);
    const archive = Buffer.concat(await Readable.from(pieces).toArray());
    expect(archive).toHaveLength(contentLength);
    const files = unzipSync(archive);
    expect(Object.keys(files)).toEqual(entries.map(({ path }) => path));
    for (const { path, bytes } of entries) {
      expect(Buffer.from(files[path] ?? [1]).equals(bytes)).toBe(true);
    }
  });
});
