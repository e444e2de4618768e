import { Color, Euler, Quaternion, TorusGeometry, Vector3 } from 'three';
import type { SampleScene } from '../sample-scene.ts';
import { ball, blade, block, group, paint, put, rod, scatter, turned } from '../shapes.ts';

/** A toy robot on a shelf. */
export function robot(): SampleScene {
  const shelf = put(block(14, 0.24, 6.4, 0.05), paint('#c99a64', 0.5), [0, -0.12, -1.5]);
  const wall = put(block(20, 12, 0.2), paint('#e4d3c1', 1), [0, 3, -5.4]);
  return {
    objects: [shelf, wall, group([toy()], [0, 0, 0.35], 0.28), ...company()],
    sky: {
      above: new Color('#dfe7f2'),
      horizon: new Color('#f4ecdf'),
      below: new Color('#9a8872'),
    },
    sun: {
      colour: new Color('#ffeccb'),
      strength: 2.7,
      towards: [1.25, 1.5, 1.15],
      softness: 0.12,
    },
    skyStrength: 2.0,
    camera: { from: [-0.75, 1.65, 6.6], at: [0, 1.12, 0.2], fovDegrees: 29, lens: 0.12 },
    radius: 7,
    exposure: 1.3,
  };
}

function toy() {
  const tin = paint('#d9472f', 0.35, 0.25);
  const steel = paint('#b9bec4', 0.3, 0.75);
  const dark = paint('#2b2f36', 0.5, 0.3);
  const light = paint('#ffe08a', 0.2);
  light.emissive = new Color('#ffb62e');
  light.emissiveIntensity = 0.7;
  const eye = (x: number) => [
    put(rod(0.17, 0.17, 0.08), steel, [x, 1.86, 0.43], [Math.PI / 2, 0, 0]),
    put(ball(0.115), light, [x, 1.86, 0.45]),
  ];
  const arm = (side: number) =>
    group(
      [
        put(ball(0.15), steel),
        put(rod(0.085, 0.085, 0.5), dark, [0, -0.3, 0]),
        put(rod(0.125, 0.125, 0.16), tin, [0, -0.58, 0]),
        put(new TorusGeometry(0.13, 0.045, 14, 30, 4.4).rotateZ(2.5), steel, [0, -0.79, 0]),
      ],
      [side * 0.68, 1.18, 0],
      side > 0 ? 0 : Math.PI,
    );
  const left = arm(-1);
  left.rotation.z = -0.28;
  const right = arm(1);
  right.rotation.z = 2.45;
  const leg = (x: number) => [
    put(rod(0.12, 0.12, 0.4), dark, [x, 0.32, 0]),
    put(block(0.4, 0.22, 0.56, 0.09), steel, [x, 0.11, 0.06]),
  ];
  const dial = (x: number, colour: string) =>
    put(rod(0.07, 0.07, 0.05), paint(colour, 0.35), [x, 0.76, 0.4], [Math.PI / 2, 0, 0]);
  return group([
    put(block(1.05, 0.92, 0.74, 0.12), tin, [0, 0.96, 0]),
    put(block(0.74, 0.42, 0.05, 0.04), steel, [0, 1.1, 0.37]),
    put(block(0.6, 0.28, 0.05, 0.03), dark, [0, 1.1, 0.39]),
    ...[-0.2, -0.07, 0.06, 0.19].map((x, i) =>
      put(block(0.07, 0.06 + i * 0.045, 0.04, 0.01), light, [x, 1.02 + i * 0.022, 0.41]),
    ),
    dial(-0.22, '#f1d15a'),
    dial(0, '#5aa6d1'),
    dial(0.22, '#6dbf73'),
    put(rod(0.16, 0.2, 0.14), dark, [0, 1.48, 0]),
    put(block(0.9, 0.66, 0.68, 0.16), tin, [0, 1.84, 0.04]),
    ...eye(-0.22),
    ...eye(0.22),
    put(block(0.42, 0.07, 0.05, 0.02), steel, [0, 1.63, 0.4]),
    put(rod(0.022, 0.022, 0.34), steel, [0, 2.32, 0.04]),
    put(ball(0.075), light, [0, 2.52, 0.04]),
    put(rod(0.1, 0.12, 0.12), dark, [0.49, 1.86, 0.04], [0, 0, Math.PI / 2]),
    put(rod(0.1, 0.12, 0.12), dark, [-0.49, 1.86, 0.04], [0, 0, Math.PI / 2]),
    left,
    right,
    ...leg(-0.27),
    ...leg(0.27),
  ]);
}

function company() {
  const colours = ['#2f5d7c', '#d8b04a', '#7a3b45', '#4f7a62', '#c7683a', '#38405c', '#a9b7a0'];
  const books = colours.map((colour, i) => {
    const tall = 1.5 + ((i * 0.37) % 0.5);
    return put(
      block(0.26 + (i % 3) * 0.07, tall, 1.1, 0.03),
      paint(colour, 0.75),
      [1.9 + i * 0.4, tall / 2, -3.2],
      [0, 0, i === 0 ? 0.1 : 0],
    );
  });
  const green = [paint('#5aa268', 0.6), paint('#84bf78', 0.6)];
  for (const one of green) one.side = 2;
  const vase = turned([
    [0, 0],
    [0.3, 0],
    [0.48, 0.3],
    [0.5, 0.55],
    [0.34, 0.85],
    [0.22, 1.0],
    [0.26, 1.08],
    [0.2, 1.08],
    [0.16, 0.98],
    [0, 0.9],
  ]);
  const plant = group(
    [
      put(vase, paint('#e9e3d6', 0.35)),
      scatter(blade(0.22, 0.5), green, 30, 2, (random) => ({
        at: new Vector3(0, 1, 0),
        turn: new Quaternion().setFromEuler(new Euler(random() * 1.0, random() * 6.3, 0, 'YXZ')),
        scale: new Vector3(1, 1 + random(), 1),
      })),
    ],
    [-2.7, 0, -3.1],
  );
  return [...books, plant];
}
