import { describe, expect, it } from 'vitest';
import { RasterArena } from './raster-arena.ts';

const SMALL = { width: 30, height: 20 };
const LARGE = { width: 8000, height: 6000 };

describe('RasterArena', () => {
  it('gives rasters of exactly the size asked for, in the same memory where it is large enough', () => {
    const arena = new RasterArena();
    const first = arena.bytes('matte', SMALL, 1);
    expect(first).toMatchObject({ ...SMALL, channels: 1 });
    expect(first.data.length).toBe(600);
    const second = arena.bytes('matte', { width: 10, height: 20 }, 1);
    expect(second.data.length).toBe(200);
    expect(second.data.buffer).toBe(first.data.buffer);
    expect(arena.bytes('matte', SMALL, 4).data.length).toBe(2400);
  });

  it('keeps the memory of different uses apart', () => {
    const arena = new RasterArena();
    arena.bytes('matte', SMALL, 1).data.fill(7);
    const depth = arena.words('depth', SMALL, 1);
    expect(depth.data.length).toBe(600);
    expect(depth.data.every((value) => value === 0)).toBe(true);
  });

  it('leaves nothing of a photo behind', () => {
    const arena = new RasterArena();
    const matte = arena.bytes('matte', SMALL, 1);
    matte.data.fill(7);
    arena.wipe();
    expect(matte.data.every((value) => value === 0)).toBe(true);
  });

  it('does not keep the memory of a 48-megapixel photo', () => {
    const arena = new RasterArena();
    const kept = arena.bytes('matte', SMALL, 1).data.buffer;
    const large = arena.bytes('subject', LARGE, 4).data.buffer;
    arena.wipe();
    expect(arena.bytes('matte', SMALL, 1).data.buffer).toBe(kept);
    expect(arena.bytes('subject', SMALL, 4).data.buffer).not.toBe(large);
  });
});
