import {
  type BufferGeometry,
  CapsuleGeometry,
  Color,
  ConeGeometry,
  CylinderGeometry,
  Group,
  IcosahedronGeometry,
  InstancedMesh,
  LatheGeometry,
  type Material,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  PlaneGeometry,
  Quaternion,
  SphereGeometry,
  Vector2,
  Vector3,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { seeded } from './seeded.ts';

export type Place = readonly [number, number, number];

/** A matt surface, or a shiny one. */
export function paint(colour: string, roughness = 0.8, metalness = 0): MeshStandardMaterial {
  return new MeshStandardMaterial({ color: new Color(colour), roughness, metalness });
}

/** A shape in its place, with shadows. */
export function put(
  geometry: BufferGeometry,
  material: Material,
  at: Place = [0, 0, 0],
  turn: Place = [0, 0, 0],
): Mesh {
  const mesh = new Mesh(geometry, material);
  mesh.position.set(...at);
  mesh.rotation.set(...turn);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  return mesh;
}

export const ball = (radius: number) => new SphereGeometry(radius, 64, 48);
export const rod = (top: number, bottom: number, height: number, sides = 48) =>
  new CylinderGeometry(top, bottom, height, sides);
export const cone = (radius: number, height: number, sides = 48) =>
  new ConeGeometry(radius, height, sides);
export const pill = (radius: number, length: number) => new CapsuleGeometry(radius, length, 16, 32);
export const block = (x: number, y: number, z: number, edge = 0.06) =>
  new RoundedBoxGeometry(x, y, z, 5, Math.min(edge, x / 2.1, y / 2.1, z / 2.1));

/** A body turned around its axis: pairs of radius and height from the bottom to the top. */
export function turned(profile: readonly (readonly [number, number])[]): LatheGeometry {
  return new LatheGeometry(
    profile.map(([x, y]) => new Vector2(x, y)),
    96,
  );
}

/** A stone or a bush: a ball that is no ball. */
export function lump(radius: number, roughness: number, seed: number, detail = 4): BufferGeometry {
  const geometry = new IcosahedronGeometry(radius, detail);
  bend(geometry, (at) => {
    const n = waves(at.x / radius, at.y / radius, at.z / radius, seed);
    at.multiplyScalar(1 + roughness * n);
  });
  return geometry;
}

/** Ground with hills: `height` of each place, in the scene's units. */
export function land(
  size: number,
  steps: number,
  height: (x: number, z: number) => number,
): BufferGeometry {
  const geometry = new PlaneGeometry(size, size, steps, steps).rotateX(-Math.PI / 2);
  bend(geometry, (at) => {
    at.y = height(at.x, at.z);
  });
  return geometry;
}

/** Moves each corner of a shape. */
export function bend(geometry: BufferGeometry, move: (at: Vector3) => void): void {
  const positions = geometry.getAttribute('position');
  const at = new Vector3();
  for (let i = 0; i < positions.count; i++) {
    move(at.fromBufferAttribute(positions, i));
    positions.setXYZ(i, at.x, at.y, at.z);
  }
  geometry.computeVertexNormals();
}

/** Soft irregular waves, -1..1. */
export function waves(x: number, y: number, z: number, seed: number): number {
  let sum = 0;
  let weight = 0.5;
  let pace = 1.7;
  for (let octave = 0; octave < 4; octave++) {
    const s = seed * 1.37 + octave * 2.1;
    sum +=
      weight *
      Math.sin(pace * x + s) *
      Math.sin(pace * 1.13 * y + s * 1.7) *
      Math.cos(pace * 0.91 * z + s * 2.3) *
      1.6;
    weight /= 2;
    pace *= 2.05;
  }
  return sum;
}

/** Many of the same: blades of grass, leaves, stones. `place` answers where the nth is, or nothing. */
export function scatter(
  geometry: BufferGeometry,
  materials: readonly MeshStandardMaterial[],
  count: number,
  seed: number,
  place: (
    random: () => number,
  ) => { at: Vector3; turn?: Quaternion; scale?: number | Vector3 } | undefined,
): Object3D {
  const random = seeded(seed);
  const group = new Group();
  const lists = materials.map((): Matrix4[] => []);
  for (let n = 0; n < count; n++) {
    const found = place(random);
    if (!found) continue;
    const { at, turn = new Quaternion(), scale = 1 } = found;
    const size = typeof scale === 'number' ? new Vector3(scale, scale, scale) : scale;
    lists[n % lists.length]?.push(new Matrix4().compose(at, turn, size));
  }
  for (const [i, list] of lists.entries()) {
    const mesh = new InstancedMesh(geometry, materials[i], list.length);
    for (const [n, matrix] of list.entries()) mesh.setMatrixAt(n, matrix);
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    group.add(mesh);
  }
  return group;
}

/** A blade of grass or a leaf: bent, pointed, one unit long. */
export function blade(width: number, curve: number): BufferGeometry {
  const geometry = new PlaneGeometry(width, 1, 2, 6).translate(0, 0.5, 0);
  bend(geometry, (at) => {
    const up = at.y;
    at.x *= Math.sin(Math.PI * Math.min(1, 0.25 + up * 0.75)) ** 0.8 * (1 - up * 0.15);
    at.z += curve * up * up + Math.abs(at.x) * 0.3;
  });
  return geometry;
}

/** Shapes that belong together, in one place. */
export function group(
  parts: readonly Object3D[],
  at: Place = [0, 0, 0],
  turn = 0,
  scale = 1,
): Group {
  const made = new Group();
  made.add(...parts);
  made.position.set(...at);
  made.rotation.y = turn;
  made.scale.setScalar(scale);
  return made;
}
