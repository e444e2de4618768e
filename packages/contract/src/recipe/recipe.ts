import { z } from 'zod';
import { effectSchema } from './effects.ts';
import { shareSchema } from './shares.ts';
import { depthStrokeSchema, MAX_RECIPE_POINTS, MAX_STROKES, matteStrokeSchema } from './strokes.ts';

export const MAX_EFFECTS = 50;

const recipeObject = z.strictObject({
  version: z.literal(1),
  matte: z
    .strictObject({
      /** `subject`: what the model finds; `depth`: what is nearer than `threshold`. */
      split: z.enum(['subject', 'depth']).default('subject'),
      /** 0 far to 1 near; what the photo's own depths suggest if absent. */
      threshold: shareSchema.optional(),
      strokes: z.array(matteStrokeSchema).max(MAX_STROKES).default([]),
      /** How far the edge is softened, as a share of the photo's longer side. */
      feather: z.number().min(0).max(0.05).default(0),
      /** How far the edge moves: outwards above 0, inwards below it, as a share of the photo's longer side. */
      grow: z.number().min(-0.02).max(0.02).default(0),
      /** How much of the old background is taken out of mixed pixels: 1 all that can be told, 0 none. */
      decontamination: shareSchema.default(1),
    })
    .prefault({}),
  depth: z
    .strictObject({ strokes: z.array(depthStrokeSchema).max(MAX_STROKES).default([]) })
    .prefault({}),
  effects: z.array(effectSchema).max(MAX_EFFECTS).default([]),
  /** How long one turn of what moves takes. */
  loopSeconds: z.number().min(1).max(30).default(6),
});

/**
 * What a person did to a photo, to be done again: to the same photo at another size, or to another one. Lengths are
 * shares of the photo's longer side and places shares of both sides, so that no size is meant. Steps happen in this
 * order: the matte is split and retouched, the depth is retouched, the layers are made of both, the effects follow one
 * after another.
 */
export const recipeSchema = recipeObject.refine((recipe) => pointsOf(recipe) <= MAX_RECIPE_POINTS, {
  error: `strokes and arrows may have ${MAX_RECIPE_POINTS} points together`,
});

function pointsOf({ matte, depth, effects }: z.infer<typeof recipeObject>): number {
  const moving = effects.filter((effect) => effect.type === 'cinemagraph');
  const lines = [
    ...[...matte.strokes, ...depth.strokes].map(({ points }) => points),
    ...moving.flatMap(({ arrows, freeze }) => [...arrows, ...freeze.map(({ points }) => points)]),
  ];
  return lines.reduce((sum, line) => sum + line.length, 0);
}

/** All that a recipe says, with its defaults filled in. */
export type Recipe = z.infer<typeof recipeSchema>;
/** The same as it may be written. */
export type RecipeText = z.input<typeof recipeSchema>;
