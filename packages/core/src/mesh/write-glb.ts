import { GlbBuffer } from './glb-buffer.ts';
import { boundsOf } from './point-bounds.ts';

/** One textured mesh of a GLB file. */
export interface GlbMesh {
  readonly name: string;
  /** x, y and z of each corner: y up, the camera at the origin looking along -z, in metres. */
  readonly positions: Float32Array;
  /** u and v of each corner, 0..1 from the texture's top left. */
  readonly uvs: Float32Array;
  /** Three corners of each triangle, counter-clockwise. */
  readonly indices: Uint32Array;
  /** The file of its picture. */
  readonly texture: { readonly bytes: Uint8Array; readonly mimeType: 'image/png' | 'image/jpeg' };
  /** What the texture's alpha does: nothing, cuts at one half, or mixes with what is behind. */
  readonly alpha: 'opaque' | 'mask' | 'blend';
}

export interface GlbScene {
  /** From far to near. One without triangles is left out. */
  readonly meshes: readonly GlbMesh[];
  /** The photo's own view, for who opens the file. */
  readonly camera?:
    | { readonly fovRadians: number; readonly aspectRatio: number; readonly farMetres: number }
    | undefined;
}

const ALPHA_MODES = { opaque: 'OPAQUE', mask: 'MASK', blend: 'BLEND' } as const;
const ARRAY_BUFFER = 34962;
const ELEMENT_ARRAY_BUFFER = 34963;
const FLOAT = 5126;
const UNSIGNED_INT = 5125;
const CLAMP_TO_EDGE = 33071;
const LINEAR = 9729;
const LINEAR_MIPMAP_LINEAR = 9987;
const NEAREST_METRES = 0.01;

/**
 * A scene as a binary glTF 2.0 file (Khronos, glTF 2.0 specification, section 4): meshes that carry their photo as it is,
 * unlit (KHR_materials_unlit), with their textures inside.
 */
export function writeGlb({ meshes, camera }: GlbScene): Uint8Array<ArrayBuffer> {
  const there = meshes.filter(({ indices }) => indices.length > 0);
  const buffer = new GlbBuffer();
  const accessors: object[] = [];
  const accessor = (description: object) => accessors.push(description) - 1;
  const made = there.map((mesh, index) => {
    const { min, max } = boundsOf(mesh.positions);
    const position = accessor({
      bufferView: buffer.add(bytesOf(mesh.positions), { target: ARRAY_BUFFER }),
      componentType: FLOAT,
      count: mesh.positions.length / 3,
      type: 'VEC3',
      min,
      max,
    });
    const uv = accessor({
      bufferView: buffer.add(bytesOf(mesh.uvs), { target: ARRAY_BUFFER }),
      componentType: FLOAT,
      count: mesh.uvs.length / 2,
      type: 'VEC2',
    });
    const indices = accessor({
      bufferView: buffer.add(bytesOf(mesh.indices), { target: ELEMENT_ARRAY_BUFFER }),
      componentType: UNSIGNED_INT,
      count: mesh.indices.length,
      type: 'SCALAR',
    });
    return {
      mesh: {
        name: mesh.name,
        primitives: [
          { attributes: { POSITION: position, TEXCOORD_0: uv }, indices, material: index },
        ],
      },
      material: materialOf(mesh, index),
      image: {
        name: mesh.name,
        bufferView: buffer.add(mesh.texture.bytes),
        mimeType: mesh.texture.mimeType,
      },
    };
  });
  const nodes: object[] = there.map(({ name }, mesh) => ({ name, mesh }));
  if (camera) nodes.push({ name: 'photo', camera: 0 });
  const hasMeshes = made.length > 0;
  return buffer.file({
    asset: { version: '2.0', generator: 'Diorama' },
    ...(hasMeshes ? { extensionsUsed: ['KHR_materials_unlit'] } : {}),
    scene: 0,
    scenes: [nodes.length > 0 ? { nodes: nodes.map((_, node) => node) } : {}],
    ...(nodes.length > 0 ? { nodes } : {}),
    ...(camera ? { cameras: [cameraOf(camera)] } : {}),
    ...(hasMeshes
      ? {
          meshes: made.map(({ mesh }) => mesh),
          materials: made.map(({ material }) => material),
          textures: made.map((_, source) => ({ source, sampler: 0 })),
          images: made.map(({ image }) => image),
          samplers: [
            {
              magFilter: LINEAR,
              minFilter: LINEAR_MIPMAP_LINEAR,
              wrapS: CLAMP_TO_EDGE,
              wrapT: CLAMP_TO_EDGE,
            },
          ],
          accessors,
        }
      : {}),
  });
}

function materialOf({ name, alpha }: GlbMesh, texture: number): object {
  return {
    name,
    pbrMetallicRoughness: {
      baseColorTexture: { index: texture },
      metallicFactor: 0,
      roughnessFactor: 1,
    },
    alphaMode: ALPHA_MODES[alpha],
    ...(alpha === 'mask' ? { alphaCutoff: 0.5 } : {}),
    doubleSided: true,
    extensions: { KHR_materials_unlit: {} },
  };
}

function cameraOf({ fovRadians, aspectRatio, farMetres }: NonNullable<GlbScene['camera']>): object {
  return {
    type: 'perspective',
    perspective: { yfov: fovRadians, aspectRatio, znear: NEAREST_METRES, zfar: farMetres },
  };
}

/** glTF is little-endian, as is every machine that runs this. */
function bytesOf(samples: Float32Array | Uint32Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
