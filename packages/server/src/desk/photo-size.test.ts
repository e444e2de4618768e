import { makeBombPng, PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { describe, expect, it } from 'vitest';
import { countPixels } from './photo-size.ts';

const MAX_PIXELS = 1_000_000;

/** The same bytes somewhere in memory that threads share, as uploads are. */
function uploaded(bytes: Uint8Array): Uint8Array {
  const memory = new Uint8Array(new SharedArrayBuffer(bytes.length + 7));
  memory.set(bytes, 5);
  return memory.subarray(5, 5 + bytes.length);
}

describe('countPixels', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('reads a %s', async (type) => {
    const bytes = await PHOTO_FILE_MAKERS[type]();
    const pixels = countPixels(uploaded(bytes), MAX_PIXELS);
    expect(pixels).toBeGreaterThan(0);
    expect(pixels).toBeLessThan(MAX_PIXELS);
  });

  it('finds the size of a JPEG behind what lies before it', async () => {
    const jpeg = await PHOTO_FILE_MAKERS.jpeg();
    const profile = new Uint8Array(40_000);
    profile.set([0xff, 0xe2, (profile.length - 2) >> 8, (profile.length - 2) & 0xff]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), profile, profile, jpeg.subarray(2)]);
    expect(countPixels(bytes, MAX_PIXELS)).toBe(countPixels(jpeg, MAX_PIXELS));
  });

  it('refuses what is too large before anything of it is decoded', () => {
    const count = () => countPixels(makeBombPng(30_000, 30_000), MAX_PIXELS);
    expect(count).toThrow(
      expect.objectContaining({
        code: 'PHOTO_TOO_MANY_PIXELS',
        detail: { found: 9e8, allowed: MAX_PIXELS, width: 30_000, height: 30_000 },
      }),
    );
  });

  it('counts what it cannot read as the largest', () => {
    const others = ['', 'no photo', '\xff\xd8', `\xff\xd8${'\xff'.repeat(50)}`, '<svg width="1">'];
    for (const text of others) {
      expect(countPixels(Buffer.from(text, 'latin1'), MAX_PIXELS)).toBe(MAX_PIXELS);
    }
  });

  it('ends on files that are made to keep a reader busy', () => {
    const jpeg = new Uint8Array(30_000_000).fill(0xff, 0, 4);
    jpeg.set([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
    const heif = Buffer.alloc(30_000_000);
    const box = (name: string, at: number, bytes: number) => {
      heif.writeUInt32BE(bytes, at);
      heif.write(name, at + 4, 'latin1');
    };
    box('ftyp', 0, 24);
    heif.write('avif', 8, 'latin1');
    box('meta', 24, 16_000);
    box('iprp', 36, 15_900);
    box('ipco', 44, 15_800);
    for (let at = 52; at < 15_800; at += 20) box('ispe', at, 20);
    for (const bytes of [jpeg, heif]) expect(countPixels(bytes, MAX_PIXELS)).toBe(MAX_PIXELS);
  });
});
