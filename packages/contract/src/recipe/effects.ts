import { z } from 'zod';
import { hexColourSchema, lengthSchema, pointSchema, seedSchema, shareSchema } from './shares.ts';
import { MAX_STROKE_POINTS } from './strokes.ts';

/** Whether an effect is applied; one that is off stays in the list with its settings. */
const isOn = z.boolean().default(true);

/** Sharp at a distance, blurred before and behind it, as by a lens. */
export const lensBlurSchema = z.strictObject({
  type: z.literal('lens-blur'),
  isOn,
  /** What is sharp: a place in the photo, whose depth it takes, or a depth, 0 far to 1 near. */
  focus: z.union([z.strictObject({ at: pointSchema }), z.strictObject({ depth: shareSchema })]),
  /** Depths so far from it on both sides are sharp, too. */
  range: shareSchema.default(0),
  /** Diameter of the lens in scene units: the nearest point of a photo is at distance 1. */
  aperture: z.number().min(0).max(1),
  /** Blades of the diaphragm, which shape the lights; 0 is round. */
  blades: z.int().min(0).max(9).default(0),
  /** How much bright lights stand out. */
  highlights: shareSchema.default(0.3),
});

/** What lies behind the subject instead of the plate. */
export const backgroundSchema = z.strictObject({
  type: z.literal('background'),
  isOn,
  fill: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('colour'), colour: hexColourSchema }),
    /** From top to bottom. */
    z.strictObject({ kind: z.literal('gradient'), from: hexColourSchema, to: hexColourSchema }),
    /** The plate itself, blurred. */
    z.strictObject({ kind: z.literal('blur'), radius: lengthSchema }),
    /** One of the pictures that are given beside the recipe, by its name; it covers all and keeps its shape. */
    z.strictObject({ kind: z.literal('picture'), picture: z.string().min(1).max(200) }),
  ]),
  /** How far the subject takes on the light of what is behind it now. */
  lightMatch: shareSchema.default(0.5),
});

/** Air between the camera and what is far. */
export const hazeSchema = z.strictObject({
  type: z.literal('haze'),
  isOn,
  colour: hexColourSchema.default('#cfd8e3'),
  /** How thick: 0 none, 1 hides the farthest point. */
  density: shareSchema,
  /** Depth from which on it is clear, 0 far to 1 near. */
  clearFrom: shareSchema.default(1),
});

/** Light that reaches only so far, as of a flash, or a glow from behind. */
export const lightFalloffSchema = z.strictObject({
  type: z.literal('light-falloff'),
  isOn,
  /** Depth that keeps its light, 0 far to 1 near. */
  depth: shareSchema.default(1),
  /** How fast it gets dark away from there. */
  strength: shareSchema,
});

/** Colour for what is at some depth, or for the subject; grey for the rest. */
export const colourPopSchema = z.strictObject({
  type: z.literal('colour-pop'),
  isOn,
  keep: z.union([
    z.literal('subject'),
    z.strictObject({ depth: shareSchema, range: shareSchema }).describe('Depths around `depth`.'),
  ]),
  /** How much colour the rest loses. */
  amount: shareSchema.default(1),
});

/** Another light on the shapes that the depth tells. */
export const relightSchema = z.strictObject({
  type: z.literal('relight'),
  isOn,
  /** Where the light comes from: degrees around the picture, 0 from the right, 90 from above. */
  azimuthDegrees: z.number().min(-360).max(360),
  /** Degrees above the picture's plane: 90 is the camera's own place. */
  elevationDegrees: z.number().min(0).max(90).default(35),
  colour: hexColourSchema.default('#fff1d6'),
  strength: shareSchema,
  /** Light that is there all the same, so that shadows are not black. */
  ambient: shareSchema.default(0.6),
});

/** What falls or floats through the scene, before and behind the subject. */
export const particlesSchema = z.strictObject({
  type: z.literal('particles'),
  isOn,
  kind: z.enum(['snow', 'rain', 'dust', 'bokeh']),
  /** How many: 0 none, 1 as many as there may be. */
  amount: shareSchema,
  /** How large, 1 is natural. */
  size: z.number().min(0.2).max(5).default(1),
  /** How fast, 1 is natural; a loop stays seamless. */
  speed: z.number().min(0).max(5).default(1),
  /** Degrees from straight down, positive to the right. */
  windDegrees: z.number().min(-80).max(80).default(0),
  colour: hexColourSchema.default('#ffffff'),
  seed: seedSchema.default(1),
});

/** A part of the picture that flows, while the rest is held still. */
export const cinemagraphSchema = z.strictObject({
  type: z.literal('cinemagraph'),
  isOn,
  layer: z.enum(['plate', 'subject']),
  /** What flows where: along each arrow from its first point to its last, as far in one loop as the arrow is long. */
  arrows: z.array(z.array(pointSchema).min(2).max(MAX_STROKE_POINTS)).max(200),
  /** Places that stay where they are. */
  anchors: z.array(pointSchema).max(500).default([]),
  /** What is frozen: strokes of a brush. */
  freeze: z
    .array(
      z.strictObject({
        radius: lengthSchema,
        points: z.array(pointSchema).min(1).max(MAX_STROKE_POINTS),
      }),
    )
    .max(500)
    .default([]),
  speed: z.number().min(0).max(4).default(1),
  /** How far around an arrow things flow; what is held still is in its way. */
  reach: lengthSchema.default(0.12),
});

/** One effect. */
export const effectSchema = z.discriminatedUnion('type', [
  lensBlurSchema,
  backgroundSchema,
  hazeSchema,
  lightFalloffSchema,
  colourPopSchema,
  relightSchema,
  particlesSchema,
  cinemagraphSchema,
]);

export type Effect = z.infer<typeof effectSchema>;
export type EffectType = Effect['type'];
export type EffectOf<Type extends EffectType> = Extract<Effect, { readonly type: Type }>;
