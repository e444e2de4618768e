import { Color, DoubleSide, Euler, Quaternion, Vector3 } from 'three';
import type { SampleScene } from '../sample-scene.ts';
import {
  ball,
  bend,
  blade,
  cone,
  group,
  land,
  lump,
  paint,
  pill,
  put,
  rod,
  scatter,
  waves,
} from '../shapes.ts';

const hill = (x: number, z: number) =>
  0.35 * waves(x * 0.16, 0.4, z * 0.16, 3) + Math.max(0, -z - 9) * 0.09 + 0.03 * waves(x, 1, z, 5);

/** A fox in a morning wood. */
export function fox(): SampleScene {
  const moss = paint('#5d7a35', 1);
  const grass = ['#6f8f3a', '#8aa84a', '#557a30', '#a3b65a'].map((colour) => {
    const made = paint(colour, 0.9);
    made.side = DoubleSide;
    return made;
  });
  const ground = put(land(60, 220, hill), moss);
  const meadow = scatter(blade(0.06, 0.35), grass, 15_000, 11, (random) => {
    const x = (random() - 0.5) * 16;
    const z = 4.2 - random() * 15;
    if (Math.hypot(x, z) < 0.55) return undefined;
    const turn = new Quaternion().setFromEuler(
      new Euler((random() - 0.5) * 0.5, random() * 6.3, 0),
    );
    return { at: new Vector3(x, hill(x, z) - 0.02, z), turn, scale: 0.18 + random() * 0.3 };
  });
  const flowers = scatter(
    ball(0.035),
    [paint('#f4e7c0', 0.7), paint('#e7a8b6', 0.7), paint('#f1c84b', 0.7)],
    260,
    5,
    (random) => {
      const x = (random() - 0.5) * 12;
      const z = 3.4 - random() * 11;
      return Math.hypot(x, z) < 0.8
        ? undefined
        : { at: new Vector3(x, hill(x, z) + 0.22 + random() * 0.16, z), scale: 0.7 + random() };
    },
  );
  return {
    objects: [
      ground,
      meadow,
      flowers,
      ...wood(),
      group([body()], [0.05, hill(0, 0) + 0.02, 0], -0.55, 1.12),
    ],
    sky: {
      above: new Color('#4f9ad8'),
      horizon: new Color('#eadbb0'),
      below: new Color('#6f7350'),
    },
    sun: {
      colour: new Color('#ffd9a0'),
      strength: 3.6,
      towards: [-1.15, 1.05, 0.75],
      softness: 0.05,
    },
    skyStrength: 2.2,
    camera: { from: [0.3, 1.1, 4.6], at: [0.12, 0.82, 0], fovDegrees: 31, lens: 0.06 },
    hazeAt: 26,
    radius: 9,
    exposure: 1.25,
  };
}

function wood() {
  const bark = [paint('#5b4636', 1), paint('#6d5644', 1)];
  const needles = ['#2f5a3c', '#3f6b3a', '#274c37', '#7d8b3c'].map((colour) => paint(colour, 1));
  const trees = [];
  for (let n = 0; n < 46; n++) {
    const side = n % 2 === 0 ? 1 : -1;
    const z = -2.6 - ((n * 0.47) % 17) - n * 0.09;
    const x =
      side * (1.9 + ((n * 1.618) % 1) * 7.5 + Math.max(0, -z - 12) * 0.1) * (z > -5 ? 1.25 : 1);
    const tall = 3.2 + ((n * 0.7) % 1) * 2.6;
    const green = needles[n % needles.length] ?? needles[0];
    if (!green) continue;
    const parts = [put(rod(0.07, 0.15, tall * 0.5, 10), bark[n % 2] ?? green, [0, tall * 0.2, 0])];
    for (let tier = 0; tier < 5; tier++) {
      const share = tier / 5;
      const skirt = cone(0.95 * (1 - share * 0.78), tall * 0.36, 14);
      bend(skirt, (at) => {
        const wobble = 1 + 0.16 * waves(at.x * 3, at.y * 3, at.z * 3, n + tier);
        at.x *= wobble;
        at.z *= wobble;
      });
      parts.push(put(skirt, green, [0, tall * (0.3 + share * 0.62), 0], [0, tier + n, 0]));
    }
    trees.push(group(parts, [x, hill(x, z) - 0.1, z], n));
  }
  const stones = [
    [-1.7, 0.9, 0.34],
    [-2.6, -1.7, 0.62],
  ].map(([x = 0, z = 0, r = 0], i) =>
    put(lump(r, 0.25, i + 2), paint('#8b8a80', 1), [x, hill(x, z) + r * 0.2, z]),
  );
  return [...trees, ...stones];
}

function body() {
  const orange = paint('#d9722b', 0.75);
  const cream = paint('#f5e8d2', 0.8);
  const dark = paint('#3b2a22', 0.7);
  const eye = paint('#120d0a', 0.15);
  const torso = pill(0.3, 0.42);
  bend(torso, (at) => {
    const share = (at.y + 0.5) / 1;
    at.multiply(new Vector3(1.12 - share * 0.34, 1, 1.1 - share * 0.3));
    at.z += 0.1 * Math.sin(share * 2.6);
  });
  const chest = pill(0.2, 0.26);
  const tail = pill(0.17, 0.75);
  bend(tail, (at) => {
    const share = (at.y + 0.55) / 1.1;
    at.multiply(
      new Vector3(0.55 + Math.sin(share * 2.9) * 0.75, 1, 0.55 + Math.sin(share * 2.9) * 0.75),
    );
    at.x += 0.42 * share * share;
  });
  const tip = ball(0.15);
  const head = ball(0.32);
  bend(head, (at) => {
    const forward = Math.max(0, at.z / 0.32);
    at.multiply(new Vector3(1.08 - forward * 0.28, 0.88 - forward * 0.12, 1));
    at.z += forward * forward * 0.12;
  });
  const cheek = (side: number) => put(ball(0.15), cream, [side * 0.17, 1.0, 0.33]);
  const snout = pill(0.088, 0.2);
  bend(snout, (at) => {
    const share = (at.y + 0.19) / 0.38;
    at.x *= 1.35 - share * 0.6;
    at.z *= 1.2 - share * 0.45;
  });
  const tailEnd = group([put(tail, orange), put(tip, cream, [0.4, 0.5, 0])], [0.5, 0.5, -0.14]);
  tailEnd.rotation.set(0.2, 0.3, -0.95);
  const ear = (side: number) => [
    put(cone(0.13, 0.34, 24), orange, [side * 0.21, 1.45, 0.07], [-0.12, 0, side * -0.24]),
    put(cone(0.08, 0.24, 24), dark, [side * 0.205, 1.43, 0.115], [-0.08, 0, side * -0.24]),
  ];
  const leg = (x: number, z: number) => [
    put(pill(0.085, 0.34), orange, [x, 0.26, z], [0.1, 0, 0]),
    put(pill(0.088, 0.08), dark, [x, 0.11, z + 0.04], [0.5, 0, 0]),
  ];
  return group([
    put(torso, orange, [0, 0.58, -0.04], [0.18, 0, 0]),
    put(chest, cream, [0, 0.62, 0.17], [0.14, 0, 0]),
    put(head, orange, [0, 1.12, 0.2]),
    cheek(1),
    cheek(-1),
    put(snout, cream, [0, 1.02, 0.66], [Math.PI / 2 + 0.12, 0, 0]),
    put(ball(0.05), dark, [0, 1.035, 0.85]),
    put(ball(0.046), eye, [0.128, 1.17, 0.545]),
    put(ball(0.046), eye, [-0.128, 1.17, 0.545]),
    put(ball(0.013), cream, [0.118, 1.19, 0.585]),
    put(ball(0.013), cream, [-0.138, 1.19, 0.585]),
    ...ear(1),
    ...ear(-1),
    ...leg(0.14, 0.24),
    ...leg(-0.14, 0.24),
    put(ball(0.2), orange, [0.2, 0.22, -0.08]),
    put(ball(0.2), orange, [-0.2, 0.22, -0.08]),
    tailEnd,
  ]);
}
