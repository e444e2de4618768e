import { describe, expect, it } from 'vitest';
import { byteRaster, type Size, wordRaster } from '../raster.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { depthMesh } from './depth-mesh.ts';
import { depthGrid } from './depth-mesh-grid.ts';
import { pointCloud } from './point-cloud.ts';
import { voxels } from './voxels.ts';

const SIZE = { width: 120, height: 80 };

/** A layer by functions of a pixel: alpha 0..255 and inverse depth 0..1; red tells the column. */
function layerOf(
  depthAt: (x: number, y: number) => number,
  alphaAt: (x: number, y: number) => number = () => 255,
  size: Size = SIZE,
): SceneLayer {
  const colour = byteRaster(size, 4);
  const depth = wordRaster(size, 1);
  for (let y = 0, i = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, i++) {
      colour.data.set([x, 100, 50, alphaAt(x, y)], i * 4);
      depth.data[i] = Math.round(65535 * depthAt(x, y));
    }
  }
  return { colour, depth };
}

const step = layerOf((x) => (x < 60 ? 1 : 0.1));

function triangles({ positions, indices }: ReturnType<typeof depthMesh>) {
  return Array.from({ length: indices.length / 3 }, (_, t) =>
    [0, 1, 2].map((c) => {
      const at = indices[t * 3 + c]! * 3;
      return [positions[at]!, positions[at + 1]!, positions[at + 2]!] as const;
    }),
  );
}

describe('depthMesh', () => {
  it('has no triangle across a jump, and all others', () => {
    const mesh = depthMesh(step, { columns: 61 });
    for (const corners of triangles(mesh)) {
      const away = corners.map(([, , z]) => -z);
      expect(Math.max(...away) / Math.min(...away)).toBeLessThan(1.05);
    }
    const cells = 60 * 40;
    expect(mesh.indices.length / 3).toBe(2 * (cells - 40));
  });

  it('faces the camera everywhere', () => {
    for (const [a, b, c] of triangles(
      depthMesh(
        layerOf((x, y) => (x + y) / 400),
        { columns: 20 },
      ),
    )) {
      const [ux, uy] = [b![0] - a![0], b![1] - a![1]];
      const [vx, vy] = [c![0] - a![0], c![1] - a![1]];
      expect(ux * vy - uy * vx).toBeGreaterThan(0);
    }
  });

  it('puts each vertex on the ray of its place in the photo', () => {
    const { positions, uvs } = depthMesh(step, {
      columns: 31,
      lens: { halfWidth: 0.6, halfHeight: 0.4 },
    });
    for (let i = 0; i < uvs.length / 2; i++) {
      const away = -positions[i * 3 + 2]!;
      expect(positions[i * 3]! / away).toBeCloseTo((2 * uvs[i * 2]! - 1) * 0.6, 5);
      expect(positions[i * 3 + 1]! / away).toBeCloseTo((1 - 2 * uvs[i * 2 + 1]!) * 0.4, 5);
    }
  });

  it('is there where the layer is', () => {
    const { uvs } = depthMesh(
      layerOf(
        () => 0.5,
        (x) => (x < 40 ? 255 : 0),
      ),
      { columns: 61 },
    );
    const rightmost = Math.max(...uvs.filter((_, i) => i % 2 === 0));
    expect(rightmost).toBeGreaterThan(0.32);
    expect(rightmost).toBeLessThan(0.38);
    const empty = depthMesh(
      layerOf(
        () => 0.5,
        () => 0,
      ),
    );
    expect([empty.positions.length, empty.indices.length]).toEqual([0, 0]);
  });

  it.each([
    { width: 1, height: 1 },
    { width: 1, height: 9 },
  ])('takes a photo of $width x $height', (size) => {
    const { positions, indices } = depthMesh(
      layerOf(
        () => 0,
        () => 255,
        size,
      ),
    );
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(indices.length).toBeGreaterThanOrEqual(6);
  });
});

describe('depthGrid', () => {
  it("carries a subject's own depth on past its edge, where networks smear it towards the background", () => {
    // Near inside, smeared over the last pixels before the edge, and far outside.
    const smeared = (x: number) => (x < 57 ? 0.9 : x < 60 ? 0.9 - 0.25 * (x - 56) : 0.05);
    const { inverse, columns } = depthGrid(
      layerOf(smeared, (x) => (x < 60 ? 255 : 0)),
      61,
    );
    for (let column = 28; column < 36; column++) {
      expect(inverse[20 * columns + column]!).toBeGreaterThan(0.8);
    }
  });

  it('takes the depth as it is where all is opaque', () => {
    const { inverse, columns } = depthGrid(step, 61);
    expect(inverse[20 * columns + 29]).toBeCloseTo(1, 4);
    expect(inverse[20 * columns + 31]).toBeCloseTo(0.1, 4);
  });
});

describe('pointCloud', () => {
  it('has a point for each opaque place, in its colour and on its ray', () => {
    const half = layerOf(
      () => 1,
      (x) => (x < 60 ? 255 : 0),
    );
    const { positions, colours, spacing } = pointCloud([half], { columns: 120 });
    expect(positions.length / 3).toBe(60 * 80);
    expect(colours.slice(0, 3)).toEqual(Uint8Array.of(0, 100, 50));
    expect(positions[2]).toBeCloseTo(-1, 5);
    expect(positions[3]! - positions[0]!).toBeCloseTo(spacing, 5);
  });

  it('puts the layers together, and none into nothing', () => {
    const { positions } = pointCloud([step, step], { columns: 30 });
    expect(positions.length / 3).toBe(2 * 30 * 20);
    expect(pointCloud([]).positions.length).toBe(0);
  });
});

describe('voxels', () => {
  it('stands each box on the grid and lets it reach to its neighbour behind', () => {
    const { centres, sizes } = voxels([step], { columns: 12, farthest: 3 });
    expect(sizes.length / 3).toBe(12 * 8);
    const frontOf = (box: number) => centres[box * 3 + 2]! + sizes[box * 3 + 2]! / 2;
    // The fifth and the sixth box of a row lie before and behind the jump.
    expect(frontOf(5)).toBeGreaterThan(frontOf(6) + 0.5);
    expect(sizes[5 * 3 + 2]!).toBeGreaterThan(sizes[4 * 3 + 2]!);
    expect(centres[3]! - centres[0]!).toBeCloseTo(sizes[0]!, 5);
  });

  it('leaves out what is transparent and takes one pixel', () => {
    expect(
      voxels([
        layerOf(
          () => 1,
          () => 0,
        ),
      ]).centres.length,
    ).toBe(0);
    expect(
      voxels([
        layerOf(
          () => 0,
          () => 255,
          { width: 1, height: 1 },
        ),
      ]).sizes.every((s) => s > 0),
    ).toBe(true);
  });
});
