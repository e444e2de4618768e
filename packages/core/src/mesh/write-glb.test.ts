import { validateBytes } from 'gltf-validator';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GlbMesh, writeGlb } from './write-glb.ts';

let texture: GlbMesh['texture'];
beforeAll(async () => {
  const picture = sharp({ create: { width: 4, height: 4, channels: 4, background: '#80402080' } });
  texture = { bytes: await picture.png().toBuffer(), mimeType: 'image/png' };
});

function square(name: string, alpha: GlbMesh['alpha'], z: number): GlbMesh {
  return {
    name,
    alpha,
    texture,
    positions: Float32Array.of(-1, 1, z, 1, 1, z, -1, -1, z, 1, -1, z),
    uvs: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1),
    indices: Uint32Array.of(0, 2, 1, 1, 2, 3),
  };
}

describe('writeGlb', () => {
  it('writes a file that the validator of Khronos has nothing to say about', async () => {
    const file = writeGlb({
      meshes: [square('plate', 'opaque', -4), square('sübject', 'blend', -2)],
      camera: { fovRadians: 0.7, aspectRatio: 1.5, farMetres: 100 },
    });
    const { issues, info } = await validateBytes(file);
    expect(issues).toMatchObject({ numErrors: 0, numWarnings: 0 });
    expect(info).toMatchObject({ materialCount: 2, totalTriangleCount: 4, totalVertexCount: 8 });
    expect(info.extensionsUsed).toEqual(['KHR_materials_unlit']);
  });

  it('keeps positions, order and names', () => {
    const file = writeGlb({ meshes: [square('plate', 'mask', -4)] });
    const view = new DataView(file.buffer);
    const jsonBytes = view.getUint32(12, true);
    const json = JSON.parse(new TextDecoder().decode(file.subarray(20, 20 + jsonBytes)));
    const [position] = json.accessors;
    expect(position).toMatchObject({ count: 4, min: [-1, -1, -4], max: [1, 1, -4] });
    const from = 28 + jsonBytes + json.bufferViews[position.bufferView].byteOffset;
    const samples = new Float32Array(file.slice(from, from + 48).buffer);
    expect([...samples.subarray(0, 6)]).toEqual([-1, 1, -4, 1, 1, -4]);
    expect(json.materials[0]).toMatchObject({ alphaMode: 'MASK', doubleSided: true });
    expect(json.nodes[0]).toEqual({ name: 'plate', mesh: 0 });
  });

  it('leaves out a mesh without triangles, and takes a scene without any', async () => {
    const nothing = { ...square('subject', 'blend', -1), indices: new Uint32Array(0) };
    for (const meshes of [[square('plate', 'opaque', -4), nothing], [nothing]]) {
      const { issues, info } = await validateBytes(writeGlb({ meshes }));
      expect(issues).toMatchObject({ numErrors: 0, numWarnings: 0 });
      expect(info.drawCallCount).toBe(meshes.length - 1);
    }
  });
});
