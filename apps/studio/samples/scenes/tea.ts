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
import {
  ball,
  bend,
  blade,
  block,
  group,
  lump,
  paint,
  put,
  rod,
  scatter,
  turned,
  waves,
} from '../shapes.ts';

/** A teapot and oranges on a table by a window. */
export function tea(): SampleScene {
  const wood = paint('#9a6a43', 0.55);
  const boards = [];
  for (let n = 0; n < 11; n++) {
    const board = block(0.58, 0.16, 9, 0.02);
    const colour = paint(['#9c6b44', '#8d5f3b', '#a8764d', '#946540'][n % 4] ?? '#9a6a43', 0.5);
    boards.push(put(board, colour, [(n - 5) * 0.6, -0.08, -0.6]));
  }
  const wall = put(block(16, 8, 0.2), paint('#d9d3c4', 1), [0, 2.4, -6.2]);
  const sill = put(block(16, 0.2, 0.9), paint('#efece4', 0.8), [0, -0.6, -5.7]);
  return {
    objects: [
      ...boards,
      wall,
      sill,
      put(block(7, 0.3, 9.2), wood, [0, -0.34, -0.6]),
      pot(),
      ...oranges(),
      cup(),
      ...behind(),
    ],
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
    camera: { from: [0.5, 1.75, 5.6], at: [0.02, 0.56, 0], fovDegrees: 30, lens: 0.085 },
    radius: 7,
    exposure: 1.35,
  };
}

function pot() {
  const glaze = new MeshPhysicalMaterial({
    color: new Color('#2f7f83'),
    roughness: 0.28,
    clearcoat: 0.7,
    clearcoatRoughness: 0.15,
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

function oranges() {
  const peel = (seed: number) => {
    const geometry = ball(0.3);
    bend(geometry, (at) => {
      at.multiplyScalar(1 + 0.006 * waves(at.x * 60, at.y * 60, at.z * 60, seed));
      at.y *= 0.94;
    });
    return geometry;
  };
  const skin = new MeshPhysicalMaterial({
    color: new Color('#e8841f'),
    roughness: 0.5,
    clearcoat: 0.25,
    clearcoatRoughness: 0.4,
  });
  const stalk = paint('#4f6a2d', 0.9);
  const at = [
    [1.25, 0.28, 0.55],
    [-1.2, 0.28, 0.75],
    [1.72, 0.28, -0.1],
  ] as const;
  const fruit = at.map((place, i) =>
    group([put(peel(i), skin), put(rod(0.02, 0.03, 0.05, 8), stalk, [0, 0.28, 0])], place, i),
  );
  const leaf = paint('#3f6f35', 0.6);
  leaf.side = 2;
  const leaves = scatter(blade(0.34, 0.3), [leaf], 3, 4, (random) => ({
    at: new Vector3(1.25, 0.56, 0.55),
    turn: new Quaternion().setFromEuler(new Euler(1.1 + random() * 0.3, random() * 6, 0)),
    scale: 0.36,
  }));
  return [...fruit, leaves];
}

function cup() {
  const glaze = paint('#f0ebe0', 0.3);
  const body = turned([
    [0, 0.02],
    [0.2, 0],
    [0.22, 0.03],
    [0.3, 0.18],
    [0.34, 0.38],
    [0.335, 0.385],
    [0.29, 0.2],
    [0.2, 0.06],
    [0, 0.05],
  ]);
  const saucer = turned([
    [0, 0],
    [0.3, 0],
    [0.5, 0.06],
    [0.5, 0.075],
    [0.3, 0.03],
    [0, 0.025],
  ]);
  const drink = put(rod(0.318, 0.318, 0.01), paint('#8a4a1c', 0.1), [0, 0.31, 0]);
  const ear = new TorusGeometry(0.11, 0.028, 14, 40);
  return group(
    [
      put(saucer, glaze),
      group([put(body, glaze), drink, put(ear, glaze, [0.4, 0.2, 0])], [0, 0.03, 0]),
    ],
    [-0.62, 0, 1.35],
    -0.5,
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
  const green = [paint('#4d7f45', 0.7), paint('#6b9b52', 0.7), paint('#39683a', 0.7)];
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
  const books = ['#a8423a', '#2f4a6b', '#d4b25a', '#5c7a5e'].map((colour, i) =>
    put(
      block(1.5 - i * 0.12, 0.2, 1.05),
      paint(colour, 0.7),
      [2.2, 0.1 + i * 0.2, -3.4],
      [0, 0.25 - i * 0.12, 0],
    ),
  );
  return [
    plant(-2.1, -3.5, 3, 1.15),
    plant(-3.5, -4.4, 8, 1.5),
    ...books,
    put(lump(0.4, 0.12, 6), paint('#cfae7a', 0.9), [2.25, 1.15, -3.4]),
  ];
}
