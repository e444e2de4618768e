import { describe, expect, it } from 'vitest';
import { recipeSchema } from './recipe.ts';

const dab = { tool: 'add', radius: 0.1, points: [[0.5, 0.5]] };
const strokes = (...list: readonly object[]) => ({ version: 1, matte: { strokes: list } });
const effects = (...list: readonly object[]) => ({ version: 1, effects: list });
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

/** What a stranger could send, and where it is told to be wrong. */
// biome-ignore format: a table
const REFUSED: readonly (readonly [string, unknown, string])[] = [
  ['nothing', undefined, ''],
  ['a list', [], ''],
  ['no version', {}, 'version'],
  ['another version', { version: 2 }, 'version'],
  ['an unknown key', { version: 1, extra: 1 }, ''],
  ['an unknown key further in', effects({ type: 'haze', density: 1, toString: 1 }), 'effects.0'],
  ['an unknown effect', effects({ type: 'explode' }), 'effects.0.type'],
  ['NaN', { version: 1, loopSeconds: Number.NaN }, 'loopSeconds'],
  ['Infinity', effects({ type: 'haze', density: Infinity }), 'effects.0.density'],
  ['a number as text', effects({ type: 'haze', density: '1' }), 'effects.0.density'],
  ['a fraction for blades', effects(blur({ blades: 2.5 })), 'effects.0.blades'],
  ['a colour with more behind it', effects({ type: 'haze', density: 1, colour: '#aabbcc;' }), 'effects.0.colour'],
  ['a long name', effects(behind('x'.repeat(1e6))), 'effects.0.fill.picture'],
  ['too many effects', effects(...Array.from({ length: 51 }, () => ({ type: 'haze', density: 1 }))), 'effects'],
  ['too many strokes', strokes(...Array.from({ length: 1001 }, () => dab)), 'matte.strokes'],
  ['a stroke that is too long', strokes({ ...dab, points: many(4097) }), 'matte.strokes.0.points'],
  ['a stroke of nothing', strokes({ ...dab, points: [] }), 'matte.strokes.0.points'],
  ['a place far away', strokes({ ...dab, points: [[0, 9]] }), 'matte.strokes.0.points.0.1'],
  ['a place in space', strokes({ ...dab, points: [[0, 0, 0]] }), 'matte.strokes.0.points.0'],
  ['deep nesting', strokes({ ...dab, points: nested(5000) }), 'matte.strokes.0.points.0'],
  ['more points than anybody paints', strokes(...Array.from({ length: 200 }, () => ({ ...dab, points: many(4096) }))), ''],
];

function many(count: number): number[][] {
  return Array.from({ length: count }, () => [0.5, 0.5]);
}

function blur(change: object): object {
  return { type: 'lens-blur', focus: { depth: 1 }, aperture: 0.1, ...change };
}

function behind(picture: string): object {
  return { type: 'background', fill: { kind: 'picture', picture } };
}

describe('a recipe', () => {
  it.each(REFUSED)('with %s is refused, in one line that says where', (_, text, place) => {
    const { success, error } = recipeSchema.safeParse(text);
    expect(success).toBe(false);
    const [issue] = error?.issues ?? [];
    expect(issue?.path.join('.')).toBe(place);
    expect(issue?.message).toMatch(/^.{5,200}$/);
  });

  it('takes nothing from a prototype', () => {
    const text = JSON.parse('{"version":1,"__proto__":{"loopSeconds":9}}');
    const parsed = recipeSchema.safeParse(text);
    expect(parsed.data?.loopSeconds ?? 6).toBe(6);
    expect({}).not.toHaveProperty('loopSeconds');
  });

  it('that was parsed and written parses again to the same', () => {
    const recipe = recipeSchema.parse({
      ...strokes(dab, { ...dab, tool: 'hair' }),
      depth: { strokes: [{ ...dab, tool: 'set', depth: 0.3 }] },
      effects: [
        blur({}),
        behind('sky'),
        { type: 'haze', density: 0.1 },
        { type: 'light-falloff', strength: 0.2, isOn: false },
        { type: 'colour-pop', keep: 'subject' },
        { type: 'relight', azimuthDegrees: 7, strength: 1 },
        { type: 'particles', kind: 'dust', amount: 0.1 },
        { type: 'cinemagraph', layer: 'plate', arrows: [many(2)] },
      ],
    });
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });
});
