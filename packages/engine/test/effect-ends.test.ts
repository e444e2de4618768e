import { type Effect, effectSchema } from '@diorama/contract';
import { byteRaster, type Size, wordRaster } from '@diorama/core';
import { flattenScene, type LayeredScene, type SceneLayer } from '@diorama/core/scene';
import { applyEffects } from '@diorama/engine/recipe';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

/** One of each kind of each effect, with numbers somewhere in their ranges. */
const EFFECTS: readonly Record<string, unknown>[] = [
  { type: 'lens-blur', focus: { at: [0.5, 0.5] }, aperture: 0.2, highlights: 0.3 },
  { type: 'lens-blur', focus: { depth: 0 }, aperture: 1, highlights: 1 },
  { type: 'background', fill: { kind: 'colour', colour: '#000000' } },
  { type: 'background', fill: { kind: 'gradient', from: '#000000', to: '#ffffff' } },
  { type: 'background', fill: { kind: 'blur', radius: 1 } },
  { type: 'background', fill: { kind: 'blur', radius: Number.MIN_VALUE } },
  { type: 'background', fill: { kind: 'picture', picture: 'sky' } },
  { type: 'haze', density: 0.5, clearFrom: 0.9 },
  { type: 'light-falloff', strength: 0.5 },
  { type: 'colour-pop', keep: 'subject' },
  { type: 'colour-pop', keep: { depth: 1, range: 0 } },
  { type: 'relight', azimuthDegrees: 30, strength: 0.7 },
  ...['snow', 'rain', 'dust', 'bokeh'].map((kind) => ({ type: 'particles', kind, amount: 0.3 })),
  ...['plate', 'subject'].flatMap((layer) => [
    { type: 'cinemagraph', layer, arrows: [wander(40)], anchors: [[0.4, 0.4]] },
    {
      type: 'cinemagraph',
      layer,
      arrows: [still(3)],
      freeze: [{ radius: 1e-9, points: still(2) }],
    },
    {
      type: 'cinemagraph',
      layer,
      arrows: [wander(400)],
      freeze: [{ radius: 1, points: [[2, 2]] }],
    },
    {
      type: 'cinemagraph',
      layer,
      arrows: [
        [
          [-1, -1],
          [2, 2],
        ],
      ],
      anchors: [[-1, 2]],
    },
  ]),
];

/** Points all over the photo and beyond. */
function wander(count: number): [number, number][] {
  return Array.from({ length: count }, (_, n) => [((n * 0.618) % 3) - 1, ((n * 0.414) % 3) - 1]);
}

function still(count: number): [number, number][] {
  return Array.from({ length: count }, () => [0.5, 0.5]);
}

/** An effect at both ends of the range of each of its own numbers. */
function endsOf(effect: Record<string, unknown>): readonly Effect[] {
  const { type } = effectSchema.parse(effect);
  const schema = effectSchema.options.find((one) => one.shape.type.value === type);
  const { properties } = z.toJSONSchema(schema as NonNullable<typeof schema>); // it was parsed by it
  const ends = Object.entries(properties ?? {}).flatMap(([name, range]) => {
    if (typeof range === 'boolean') return [];
    if (range.type !== 'number' && range.type !== 'integer') return [];
    const least = range.minimum ?? Number(range.exclusiveMinimum ?? 0) + Number.MIN_VALUE;
    return [least, range.maximum].map((value) => ({ ...effect, [name]: value }));
  });
  return [effect, ...ends].map((one) => effectSchema.parse(one));
}

type Alpha = (x: number, y: number) => number;

function sceneOf(size: Size, alpha: Alpha, isFlat: boolean): LayeredScene {
  const layer = (alphaAt: Alpha, near: number): SceneLayer => {
    const [colour, depth] = [byteRaster(size, 4), wordRaster(size, 1)];
    for (let pixel = 0; pixel < depth.data.length; pixel++) {
      const [x, y] = [pixel % size.width, Math.floor(pixel / size.width)];
      colour.data.set([x * 37, y * 29, x * y, alphaAt(x, y)], pixel * 4);
      depth.data[pixel] = isFlat ? near : (x * 9001 + y * 5003) % 65536;
    }
    return { colour, depth };
  };
  return { plate: layer(() => 255, 0), subject: layer(alpha, 65535), farthest: 8 };
}

const soft: Alpha = (x, y) => Math.min(255, Math.max(0, 300 - 40 * Math.hypot(x - 8, y - 6)));
const SCENES = {
  'a small one': sceneOf({ width: 17, height: 13 }, soft, false),
  'a flat one with an empty matte': sceneOf({ width: 17, height: 13 }, () => 0, true),
  'a column': sceneOf({ width: 1, height: 33 }, () => 128, false),
  'a single pixel': sceneOf({ width: 1, height: 1 }, () => 255, true),
} as const;

const PARTS = { pictures: new Map([['sky', byteRaster({ width: 3, height: 50 }, 3)]]) };
const CASES = EFFECTS.map((effect, at) => [`${at} ${JSON.stringify(effect).slice(0, 60)}`, effect]);
const LAYERS = ['plate', 'between', 'subject', 'front'] as const;

/** All samples of a scene as one text of bytes. */
function samplesOf(scene: LayeredScene): string {
  const parts = LAYERS.flatMap((name) => {
    const layer = scene[name];
    return layer ? [layer.colour.data, new Uint8Array(layer.depth.data.buffer)] : [];
  });
  return parts.map((part) => Buffer.from(part).toString('base64')).join();
}

describe.each(Object.entries(SCENES))(
  'every effect at the ends of its ranges, over %s',
  (_, scene) => {
    it.each(CASES as [string, Record<string, unknown>][])('%s', (_name, effect) => {
      const before = samplesOf(scene);
      for (const end of endsOf(effect)) {
        for (const share of [0, 0.37]) {
          const recipe = { effects: [end], loopSeconds: share === 0 ? 1 : 30 };
          const made = applyEffects(scene, recipe, share, PARTS);
          const { width, height } = scene.plate.colour;
          for (const name of LAYERS) {
            const layer = made[name];
            if (!layer) continue;
            expect(layer.colour).toMatchObject({ width, height, channels: 4 });
            expect(layer.colour.data).toHaveLength(width * height * 4);
            expect(layer.depth).toMatchObject({ width, height, channels: 1 });
            expect(layer.depth.data).toHaveLength(width * height);
          }
          // A byte holds no NaN: it would be a hole in what is opaque, and a black one in what is not.
          expect(made.plate.colour.data.every((byte, at) => at % 4 !== 3 || byte === 255)).toBe(
            true,
          );
          expect(flattenScene(made).data).toHaveLength(width * height * 3);
        }
      }
      expect(samplesOf(scene)).toBe(before);
    });
  },
);
