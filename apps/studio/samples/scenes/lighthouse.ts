import { Color, Euler, MeshPhysicalMaterial, Quaternion, Vector3 } from 'three';
import type { SampleScene } from '../sample-scene.ts';
import {
  ball,
  blade,
  block,
  cone,
  group,
  land,
  lump,
  paint,
  put,
  rod,
  scatter,
  turned,
  waves,
} from '../shapes.ts';

/** A lighthouse on a rock in the evening. */
export function lighthouse(): SampleScene {
  const water = new MeshPhysicalMaterial({
    color: new Color('#1f5a6e'),
    roughness: 0.16,
    metalness: 0.1,
  });
  const sea = put(
    land(
      420,
      420,
      (x, z) => 0.1 * waves(x * 0.55, 0.3, z * 0.8, 4) + 0.16 * waves(x * 0.17, 0.5, z * 0.24, 7),
    ),
    water,
    [0, -0.2, -120],
  );
  const near = put(
    land(
      60,
      300,
      (x, z) => 0.05 * waves(x * 1.6, 0.3, z * 2.1, 4) + 0.1 * waves(x * 0.5, 0.5, z * 0.7, 7),
    ),
    water,
    [0, -0.12, 0],
  );
  const isles = [
    [-34, -95, 16, 7],
    [30, -120, 22, 9],
    [70, -150, 26, 13],
    [-80, -165, 34, 15],
  ].map(([x = 0, z = 0, wide = 0, tall = 0], i) => {
    const isle = put(lump(1, 0.28, i + 3, 5), paint('#6f7f78', 1), [x, -1, z]);
    isle.scale.set(wide, tall, wide * 0.6);
    return isle;
  });
  const clouds = scatter(ball(1), [paint('#fff6ea', 1)], 190, 9, (random) => {
    const bank = [0, 1, 2, 5, 6][Math.floor(random() * 5)] ?? 0;
    const x = -140 + bank * 46 + (random() - 0.5) * 38;
    return {
      at: new Vector3(
        x,
        34 + (bank % 3) * 13 + (random() - 0.3) * 7,
        -230 - (bank % 2) * 30 + (random() - 0.5) * 10,
      ),
      scale: 4 + random() * 7,
    };
  });
  return {
    objects: [sea, near, ...isles, clouds, ...rock(), tower()],
    sky: {
      above: new Color('#3a80c8'),
      horizon: new Color('#fbd0a0'),
      below: new Color('#6d8a90'),
    },
    sun: {
      colour: new Color('#ffc98a'),
      strength: 3.5,
      towards: [1.4, 0.72, 0.6],
      softness: 0.045,
    },
    skyStrength: 1.9,
    camera: { from: [-1.6, 2.1, 14.5], at: [0, 2.75, 0], fovDegrees: 30, lens: 0.02 },
    hazeAt: 190,
    radius: 13,
    exposure: 1.3,
  };
}

function rock() {
  const stone = [paint('#7d7268', 1), paint('#8f8478', 1), paint('#6a625a', 1)];
  const boulders = [];
  for (let n = 0; n < 34; n++) {
    const angle = n * 2.4;
    const far = 0.5 + (n / 34) * 3.4;
    const size = 1.25 - (n / 34) * 0.75;
    const mesh = put(lump(size, 0.3, n, 3), stone[n % 3] ?? paint('#777', 1), [
      far * Math.cos(angle) * 1.25,
      0.15 - far * 0.13,
      far * Math.sin(angle),
    ]);
    mesh.scale.y = 0.72;
    boulders.push(mesh);
  }
  const top = put(lump(1.75, 0.12, 5), paint('#76854c', 1), [0, -0.1, 0]);
  top.scale.y = 0.62;
  const green = [paint('#7f9a4c', 0.9), paint('#9bb05f', 0.9)];
  for (const one of green) one.side = 2;
  const grass = scatter(blade(0.05, 0.3), green, 1500, 3, (random) => {
    const r = Math.sqrt(random()) * 1.7;
    const a = random() * 6.3;
    const height = 0.94 * Math.sqrt(Math.max(0, 1 - (r / 1.85) ** 2));
    return {
      at: new Vector3(r * Math.cos(a), height - 0.1, r * Math.sin(a)),
      turn: new Quaternion().setFromEuler(new Euler((random() - 0.5) * 0.5, random() * 6.3, 0)),
      scale: 0.12 + random() * 0.16,
    };
  });
  const hut = group(
    [
      put(block(1.0, 0.62, 0.8, 0.03), paint('#f1e9da', 0.9), [0, 0.31, 0]),
      put(cone(0.86, 0.46, 4), paint('#a8452f', 0.85), [0, 0.84, 0], [0, Math.PI / 4, 0]),
      put(block(0.2, 0.36, 0.04, 0.01), paint('#3c5a6b', 0.7), [0.12, 0.2, 0.41]),
      put(block(0.18, 0.18, 0.04, 0.01), paint('#f6d98a', 0.4), [-0.26, 0.36, 0.41]),
    ],
    [-1.15, 0.62, 0.5],
    0.4,
  );
  return [...boulders, top, grass, hut];
}

function tower() {
  const white = paint('#f6f1e6', 0.75);
  const red = paint('#c8402f', 0.7);
  const iron = paint('#2d3238', 0.5, 0.5);
  const lamp = paint('#fff0b8', 0.2);
  lamp.emissive = new Color('#ffcf66');
  lamp.emissiveIntensity = 1.4;
  const bands = [];
  const count = 5;
  for (let n = 0; n < count; n++) {
    const low = 0.72 - n * 0.065;
    bands.push(
      put(
        turned([
          [low, 0],
          [low - 0.065, 0.8],
        ]),
        n % 2 === 0 ? white : red,
        [0, 0.75 + n * 0.8, 0],
      ),
    );
  }
  const rail = Array.from({ length: 14 }, (_, n) => {
    const a = (n / 14) * 2 * Math.PI;
    return put(rod(0.012, 0.012, 0.24, 6), iron, [0.56 * Math.cos(a), 4.93, 0.56 * Math.sin(a)]);
  });
  const window = (y: number, turn: number, r: number) =>
    put(
      block(0.15, 0.24, 0.06, 0.02),
      iron,
      [r * Math.sin(turn), y, r * Math.cos(turn)],
      [0, turn, 0],
    );
  return group([
    ...bands,
    put(rod(0.6, 0.5, 0.12), iron, [0, 4.8, 0]),
    ...rail,
    put(
      turned([
        [0.56, 5.04],
        [0.57, 5.06],
      ]),
      iron,
    ),
    put(rod(0.3, 0.3, 0.5, 12), lamp, [0, 5.1, 0]),
    put(rod(0.33, 0.33, 0.06, 12), iron, [0, 5.38, 0]),
    put(cone(0.42, 0.42, 24), red, [0, 5.6, 0]),
    put(ball(0.07), iron, [0, 5.84, 0]),
    window(1.5, 0.1, 0.66),
    window(2.7, -0.3, 0.56),
    window(3.9, 0.2, 0.46),
    put(block(0.3, 0.5, 0.08, 0.03), iron, [-0.05, 0.98, 0.7]),
  ]);
}
