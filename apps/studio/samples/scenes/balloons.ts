import { Color, Vector3 } from 'three';
import type { SampleScene } from '../sample-scene.ts';
import {
  ball,
  bend,
  block,
  cone,
  group,
  land,
  paint,
  put,
  rod,
  scatter,
  waves,
} from '../shapes.ts';

const hill = (x: number, z: number) => {
  const far = Math.max(0, -z - 20);
  return (
    -9 +
    2.2 * waves(x * 0.045, 0.3, z * 0.045, 2) +
    far * 0.07 +
    far * 0.06 * waves(x * 0.02, 1, z * 0.02, 9)
  );
};

/** Balloons over a valley at sunrise. */
export function balloons(): SampleScene {
  const meadow = put(land(260, 260, hill), paint('#7f9455', 1));
  const trees = scatter(
    cone(0.7, 2.2, 9),
    [paint('#44683f', 1), paint('#56783f', 1), paint('#385a41', 1)],
    1500,
    21,
    (random) => {
      const x = (random() - 0.5) * 150;
      const z = 6 - random() * 120;
      const isWood = waves(x * 0.07, 0, z * 0.07, 17) > 0.05;
      return isWood
        ? { at: new Vector3(x, hill(x, z) + 0.6, z), scale: 0.4 + random() * 0.5 }
        : undefined;
    },
  );
  const houses = scatter(
    block(1, 0.8, 1.4),
    [paint('#e7d8c2', 0.9), paint('#c9674a', 0.9), paint('#f1ead9', 0.9)],
    16,
    4,
    (random) => {
      const x = 6 + (random() - 0.5) * 22;
      const z = -28 + (random() - 0.5) * 16;
      return { at: new Vector3(x, hill(x, z) + 0.35, z), scale: 0.6 + random() * 0.4 };
    },
  );
  return {
    objects: [
      meadow,
      trees,
      houses,
      group([balloon(['#d8442f', '#f3ead8', '#e8a33a'])], [0, 0.62, 0], 0.2, 1.12),
      group([balloon(['#3a6ea5', '#f3ead8', '#7fb2d8'])], [-11, 1.2, -26], 1.1, 1.5),
      group([balloon(['#e0b13c', '#c65b2c', '#f0dca0'])], [12.5, 3.6, -34], 2.1, 1.5),
      group([balloon(['#5b8f6a', '#f0ead0', '#d9c15a'])], [5.5, -3.2, -48], 0.7, 1.6),
    ],
    sky: {
      above: new Color('#3f86d0'),
      horizon: new Color('#f7cf9e'),
      below: new Color('#a89a78'),
    },
    sun: { colour: new Color('#ffd29a'), strength: 3.4, towards: [-1.2, 0.8, 1.1], softness: 0.04 },
    skyStrength: 1.8,
    camera: { from: [0.4, -0.4, 9.6], at: [0.0, -0.1, 0], fovDegrees: 33, lens: 0.015 },
    hazeAt: 70,
    radius: 24,
    exposure: 1.25,
  };
}

function balloon(colours: readonly string[]) {
  const gores = 16;
  const parts = [];
  for (let n = 0; n < gores; n++) {
    const cloth = paint(colours[n % 4 === 3 ? 1 : n % 2 === 0 ? 0 : 2] ?? '#ffffff', 0.62);
    const width = (2 * Math.PI) / gores;
    const shape = goreOf(n * width, width);
    parts.push(put(shape, cloth));
  }
  const wicker = paint('#8a5f38', 0.95);
  const rope = paint('#4a3a2c', 0.9);
  const ropes = [-1, 1].flatMap((x) =>
    [-1, 1].map((z) =>
      put(rod(0.008, 0.008, 0.62, 6), rope, [x * 0.17, -1.62, z * 0.17], [z * -0.12, 0, x * 0.12]),
    ),
  );
  return group([
    ...parts,
    put(rod(0.3, 0.24, 0.12), paint(colours[0] ?? '#aa3333', 0.7), [0, -1.3, 0]),
    ...ropes,
    put(block(0.42, 0.34, 0.42, 0.04), wicker, [0, -2.05, 0]),
    put(block(0.46, 0.05, 0.46, 0.02), paint('#5d3d22', 0.9), [0, -1.88, 0]),
    put(ball(0.085), paint('#e2b08c', 0.7), [0.08, -1.74, 0.02]),
    put(rod(0.07, 0.09, 0.16), paint('#2f4a6b', 0.8), [0.08, -1.86, 0.02]),
  ]);
}

/** One strip of cloth of a balloon, bulging a little between its seams. */
function goreOf(from: number, width: number) {
  const shape = land(1, 24, () => 0);
  bend(shape, (at) => {
    const across = at.x + 0.5;
    const along = at.z + 0.5;
    const angle = from + across * width;
    const lift = Math.PI * (0.02 + along * 0.86);
    const bulge = 1 + 0.03 * Math.sin(Math.PI * across);
    const taper = along > 0.5 ? 1 - 0.12 * (along - 0.5) : 1;
    const r = 1.22 * Math.sin(lift) * bulge * taper;
    at.set(
      r * Math.sin(angle),
      1.3 * Math.cos(lift) - Math.max(0, along - 0.55) * 0.55,
      r * Math.cos(angle),
    );
  });
  return shape;
}
