import { describe, expect, it } from 'vitest';
import { writePly } from './write-ply.ts';

describe('writePly', () => {
  it('writes each point as three floats and three bytes after a header that says so', () => {
    const file = writePly({
      positions: Float32Array.of(1, 2.5, -3, -0.125, 0, -8),
      colours: Uint8Array.of(1, 2, 3, 250, 128, 0),
    });
    const text = Buffer.from(file).toString('latin1');
    const start = text.indexOf('end_header\n') + 'end_header\n'.length;
    expect(text.slice(0, start).split('\n').slice(0, 2)).toEqual([
      'ply',
      'format binary_little_endian 1.0',
    ]);
    expect(text).toContain('element vertex 2\nproperty float x\n');
    expect(file.length).toBe(start + 2 * 15);
    const view = new DataView(file.buffer, start);
    expect([15, 19, 23].map((at) => view.getFloat32(at, true))).toEqual([-0.125, 0, -8]);
    expect([...file.subarray(start + 12, start + 15)]).toEqual([1, 2, 3]);
    expect([...file.subarray(start + 27)]).toEqual([250, 128, 0]);
  });

  it('writes no points as no points', () => {
    const file = writePly({ positions: new Float32Array(0), colours: new Uint8Array(0) });
    expect(Buffer.from(file).toString('latin1').endsWith('end_header\n')).toBe(true);
  });

  it('refuses points without their colours', () => {
    const positions = new Float32Array(6);
    expect(() => writePly({ positions, colours: new Uint8Array(3) })).toThrow('as many colours');
  });
});
