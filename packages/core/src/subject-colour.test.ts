import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster } from './raster.ts';
import { estimateMixedColours } from './subject-colour.ts';
import {
  mixedColourReader,
  openMixedRow,
  readBackground,
  readSubject,
} from './subject-colour-reader.ts';

interface Scene {
  readonly photo: ByteRaster;
  readonly matte: ByteRaster;
  readonly subject: ByteRaster;
  readonly background: ByteRaster;
}

/** A soft disc with fine curved strands, both layers textured, mixed by their known alpha. */
function hairScene(width: number, height: number): Scene {
  const alpha = new Float32Array(width * height);
  const radius = height * 0.25;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const d = Math.hypot(x - width / 2, y - height * 0.55);
      alpha[y * width + x] = Math.min(1, Math.max(0, 0.5 + (radius - d) / 6));
    }
  }
  for (let strand = 0; strand < 90; strand++) {
    let angle = strand * 2.399;
    let x = width / 2 + Math.cos(angle) * radius * 0.9;
    let y = height * 0.55 + Math.sin(angle) * radius * 0.9;
    const thickness = 0.7 + (strand % 5) * 0.25;
    for (let step = 0; step < radius * 1.4; step++) {
      x += Math.cos(angle) * 0.5;
      y += Math.sin(angle) * 0.5;
      angle += ((strand % 7) - 3) * 0.002;
      for (let v = Math.floor(y - 3); v <= y + 3; v++) {
        for (let u = Math.floor(x - 3); u <= x + 3; u++) {
          if (u < 0 || v < 0 || u >= width || v >= height) continue;
          const cover = Math.min(1, Math.max(0, thickness - Math.hypot(u - x, v - y) + 0.5));
          const i = v * width + u;
          alpha[i] = Math.max(alpha[i]!, cover * (1 - (0.5 * step) / (radius * 1.4)));
        }
      }
    }
  }
  const scene = {
    photo: byteRaster({ width, height }, 3),
    matte: byteRaster({ width, height }, 1),
    subject: byteRaster({ width, height }, 3),
    background: byteRaster({ width, height }, 3),
  };
  for (let i = 0; i < alpha.length; i++) {
    const x = i % width;
    const y = Math.floor(i / width);
    const grain = ((x * 7919 + y * 104_729) % 13) - 6;
    const shine = Math.sin((x + 2 * y) / 9) * 25;
    const leaf = Math.sin(x / 14) * Math.cos(y / 17) * 20;
    scene.subject.data.set([75 + shine + grain, 50 + shine + grain, 40 + grain], i * 3);
    scene.background.data.set([120 + leaf + grain, 180 + leaf, 150 + leaf + grain], i * 3);
    const a = Math.round(alpha[i]! * 255);
    scene.matte.data[i] = a;
    for (let c = 0; c < 3; c++) {
      const f = scene.subject.data[i * 3 + c]!;
      const b = scene.background.data[i * 3 + c]!;
      scene.photo.data[i * 3 + c] = Math.round((a * f + (255 - a) * b) / 255);
    }
  }
  return scene;
}

/** Both colours of all mixed pixels of a photo. */
function readMixed(photo: ByteRaster, matte: ByteRaster) {
  const reader = mixedColourReader(estimateMixedColours(photo, matte), photo);
  const indices: number[] = [];
  const foreground: number[] = [];
  const background: number[] = [];
  for (let i = 0; i < matte.data.length; i++) {
    const alpha = matte.data[i]!;
    if (alpha === 0 || alpha === 255) continue;
    const x = i % photo.width;
    openMixedRow(reader, (i - x) / photo.width);
    const colour = new Uint8ClampedArray(3);
    indices.push(i);
    readSubject(reader, matte.data, x, x + 1, i, colour);
    foreground.push(...colour);
    readBackground(reader, matte.data, x, x + 1, i, colour);
    background.push(...colour);
  }
  return { indices, foreground, background };
}

describe('estimateMixedColours', () => {
  it('parts two plain colours across a soft edge', () => {
    const width = 64;
    const height = 48;
    const photo = byteRaster({ width, height }, 3);
    const matte = byteRaster({ width, height }, 1);
    for (let i = 0; i < width * height; i++) {
      const a = Math.min(255, Math.max(0, ((i % width) - 20) * 12));
      matte.data[i] = a;
      const mix = (f: number, b: number) => Math.round((f * a + b * (255 - a)) / 255);
      photo.data.set([mix(200, 20), mix(30, 220), mix(90, 240)], i * 3);
    }
    const mixed = readMixed(photo, matte);
    let worst = 0;
    mixed.indices.forEach((i, s) => {
      const a = matte.data[i]! / 255;
      [200, 30, 90].forEach((f, c) => {
        worst = Math.max(worst, a * Math.abs(mixed.foreground[s * 3 + c]! - f));
      });
      [20, 220, 240].forEach((b, c) => {
        worst = Math.max(worst, (1 - a) * Math.abs(mixed.background[s * 3 + c]! - b));
      });
    });
    expect(worst).toBeLessThanOrEqual(3);
  });

  it.each([
    [400, 300],
    [1600, 1200],
  ])('finds both layers of hair over leaves at %ix%i', (width, height) => {
    const { photo, matte, subject, background } = hairScene(width, height);
    const mixed = readMixed(photo, matte);
    const sums = { f: 0, ownF: 0, weightF: 0, b: 0, ownB: 0, weightB: 0 };
    mixed.indices.forEach((i, s) => {
      const a = matte.data[i]! / 255;
      for (let c = 0; c < 3; c++) {
        const own = photo.data[i * 3 + c]!;
        const f = subject.data[i * 3 + c]!;
        const b = background.data[i * 3 + c]!;
        sums.f += a * Math.abs(mixed.foreground[s * 3 + c]! - f);
        sums.ownF += a * Math.abs(own - f);
        sums.b += (1 - a) * Math.abs(mixed.background[s * 3 + c]! - b);
        sums.ownB += (1 - a) * Math.abs(own - b);
        sums.weightF += a;
        sums.weightB += 1 - a;
      }
    });
    expect(sums.f / sums.weightF).toBeLessThan(6);
    expect(sums.f).toBeLessThan(sums.ownF / 6);
    expect(sums.b / sums.weightB).toBeLessThan(6);
    expect(sums.b).toBeLessThan(sums.ownB / 6);
  });

  it.each([
    ['black', [0, 0, 0]],
    ['white', [255, 255, 255]],
    ['green', [0, 255, 0]],
  ])('leaves no halo on %s', (_, stage) => {
    const { photo, matte, subject } = hairScene(400, 300);
    const mixed = readMixed(photo, matte);
    let error = 0;
    let signed = 0;
    let own = 0;
    mixed.indices.forEach((i, s) => {
      const a = matte.data[i]! / 255;
      for (let c = 0; c < 3; c++) {
        const truth = a * subject.data[i * 3 + c]! + (1 - a) * stage[c]!;
        const ours = a * mixed.foreground[s * 3 + c]! + (1 - a) * stage[c]!;
        error += Math.abs(ours - truth);
        signed += ours - truth;
        own += Math.abs(a * photo.data[i * 3 + c]! + (1 - a) * stage[c]! - truth);
      }
    });
    const samples = mixed.indices.length * 3;
    expect(error / samples).toBeLessThan(3);
    expect(Math.abs(signed / samples)).toBeLessThan(1);
    expect(error).toBeLessThan(own / 6);
  });

  it('keeps a plain picture plain where all is mixed', () => {
    const size = { width: 120, height: 90 };
    const photo = byteRaster(size, 3);
    photo.data.fill(90);
    const matte = byteRaster(size, 1);
    matte.data.fill(128);
    const mixed = readMixed(photo, matte);
    expect(mixed.indices.length).toBe(120 * 90);
    expect(mixed.foreground.every((v) => Math.abs(v - 90) <= 1)).toBe(true);
    expect(mixed.background.every((v) => Math.abs(v - 90) <= 1)).toBe(true);
  });

  it('answers a single mixed pixel with its own colour', () => {
    const photo: ByteRaster = {
      width: 1,
      height: 1,
      channels: 3,
      data: new Uint8Array([9, 99, 199]),
    };
    const matte: ByteRaster = { width: 1, height: 1, channels: 1, data: new Uint8Array([77]) };
    const { foreground } = readMixed(photo, matte);
    expect(foreground).toEqual([9, 99, 199]);
  });

  it('does not depend on how the matte lies in memory', () => {
    const { photo, matte } = hairScene(203, 151);
    const shifted = new Uint8Array(matte.data.length + 1);
    shifted.set(matte.data, 1);
    const other = estimateMixedColours(photo, { ...matte, data: shifted.subarray(1) });
    expect(other).toEqual(estimateMixedColours(photo, matte));
  });

  it('refuses a matte of another size with INTERNAL', () => {
    const photo = byteRaster({ width: 4, height: 4 }, 3);
    const matte = byteRaster({ width: 4, height: 5 }, 1);
    expect(() => estimateMixedColours(photo, matte)).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});
