import {
  CatmullRomCurve3,
  Color,
  Euler,
  MeshPhysicalMaterial,
  Quaternion,
  TorusGeometry,
  TubeGeometry,
  Vector3,
} from 'three';
import type { SampleScene } from '../sample-scene.ts';
import { bend, blade, block, group, paint, put, scatter, turned } from '../shapes.ts';

/** A teapot on a table by a window. */
export function tea(): SampleScene {
  const wood = paint('#b98a5e', 0.6);
  const wall = put(block(16, 8, 0.2), paint('#c9b9a0', 1), [0, 2.4, -6.2]);
  return {
    objects: [wall, put(block(16, 0.3, 12), wood, [0, -0.15, -2]), pot(), ...behind()],
    sky: {
      above: new Color('#b9cde2'),
      horizon: new Color('#f2ead9'),
      below: new Color('#8a7a66'),
    },
    sun: {
      colour: new Color('#ffe3b8'),
      strength: 3.1,
      towards: [-1.5, 1.35, 0.75],
      softness: 0.14,
    },
    skyStrength: 1.9,
    camera: { from: [0.4, 1.5, 4.9], at: [0.02, 0.6, 0], fovDegrees: 30, lens: 0.11 },
    radius: 7,
    exposure: 1.35,
  };
}

function pot() {
  const glaze = new MeshPhysicalMaterial({
    color: new Color('#2f7f83'),
    roughness: 0.5,
    clearcoat: 0.35,
    clearcoatRoughness: 0.42,
  });
  const body = turned([
    [0, 0],
    [0.42, 0],
    [0.46, 0.04],
    [0.62, 0.2],
    [0.72, 0.42],
    [0.72, 0.6],
    [0.62, 0.8],
    [0.46, 0.92],
    [0.36, 0.97],
    [0.34, 1.0],
  ]);
  const lid = turned([
    [0.36, 0.99],
    [0.35, 1.03],
    [0.26, 1.1],
    [0.12, 1.15],
    [0.05, 1.17],
    [0.05, 1.2],
    [0.1, 1.25],
    [0.1, 1.31],
    [0.05, 1.35],
    [0, 1.36],
  ]);
  const handle = new TubeGeometry(
    new CatmullRomCurve3([
      new Vector3(-0.62, 0.72, 0),
      new Vector3(-0.95, 0.86, 0),
      new Vector3(-1.12, 0.62, 0),
      new Vector3(-1.0, 0.34, 0),
      new Vector3(-0.66, 0.26, 0),
    ]),
    60,
    0.062,
    20,
  );
  const spout = new TubeGeometry(
    new CatmullRomCurve3([
      new Vector3(0.55, 0.32, 0),
      new Vector3(0.86, 0.42, 0),
      new Vector3(0.98, 0.7, 0),
      new Vector3(1.16, 0.95, 0),
    ]),
    60,
    0.12,
    24,
  );
  bend(spout, (at) => {
    const share = Math.min(1, Math.max(0, (at.x - 0.55) / 0.65));
    at.z *= 1.15 - share * 0.6;
  });
  const band = new TorusGeometry(0.727, 0.014, 12, 96).rotateX(Math.PI / 2);
  return group(
    [
      put(body, glaze),
      put(lid, glaze),
      put(handle, glaze),
      put(spout, glaze),
      put(band, paint('#e9d9a8', 0.35, 0.4), [0, 0.51, 0]),
    ],
    [0, 0, 0],
    -0.35,
  );
}

function behind() {
  const clay = paint('#b4623f', 0.9);
  const potShape = turned([
    [0, 0],
    [0.42, 0],
    [0.55, 0.75],
    [0.62, 0.76],
    [0.62, 0.92],
    [0.52, 0.92],
    [0.5, 0.8],
    [0, 0.8],
  ]);
  const green = [paint('#6da561', 0.7), paint('#8fbf6d', 0.7), paint('#558f55', 0.7)];
  for (const one of green) one.side = 2;
  const plant = (x: number, z: number, seed: number, scale: number) =>
    group(
      [
        put(potShape, clay),
        scatter(blade(0.3, 0.55), green, 46, seed, (random) => ({
          at: new Vector3((random() - 0.5) * 0.5, 0.8, (random() - 0.5) * 0.5),
          turn: new Quaternion().setFromEuler(new Euler(random() * 1.1, random() * 6.3, 0, 'YXZ')),
          scale: new Vector3(0.8, 0.9 + random() * 0.9, 0.8),
        })),
      ],
      [x, 0, z],
      seed,
      scale,
    );
  return [plant(3.1, -5.4, 8, 1.3)];
}
