import { type Effect, MAX_EFFECTS, type Recipe } from '@diorama/contract';

/** Effects are values without names: what they are called while they are edited is kept beside them. */
const ids = new WeakMap<Effect, number>();
let lastId = 0;

/** What an effect is called in this page, the same after each of its changes and after undo. */
export function idOfEffect(effect: Effect): number {
  const known = ids.get(effect);
  if (known !== undefined) return known;
  ids.set(effect, ++lastId);
  return lastId;
}

/** The effect of an id, if it is in the recipe. */
export function findEffect({ effects }: Recipe, id: number | undefined): Effect | undefined {
  return id === undefined ? undefined : effects.find((effect) => idOfEffect(effect) === id);
}

/** Whether there is room for another one. */
export function hasRoom({ effects }: Recipe): boolean {
  return effects.length < MAX_EFFECTS;
}

/** The recipe with an effect at the end of its list; as it is where the list is full. */
export function addEffect(recipe: Recipe, effect: Effect): Recipe {
  return hasRoom(recipe) ? { ...recipe, effects: [...recipe.effects, effect] } : recipe;
}

/** The recipe with another effect in the place of one. */
export function replaceEffect(recipe: Recipe, id: number, next: Effect): Recipe {
  const before = findEffect(recipe, id);
  if (!before || before === next) return recipe;
  ids.set(next, id);
  return { ...recipe, effects: recipe.effects.map((one) => (one === before ? next : one)) };
}

export function removeEffect(recipe: Recipe, id: number): Recipe {
  const effects = recipe.effects.filter((effect) => idOfEffect(effect) !== id);
  return effects.length === recipe.effects.length ? recipe : { ...recipe, effects };
}

/** The recipe with an effect at another place of the list, 0 the first; places outside are the nearest ones. */
export function moveEffect(recipe: Recipe, id: number, to: number): Recipe {
  const effect = findEffect(recipe, id);
  if (!effect) return recipe;
  const from = recipe.effects.indexOf(effect);
  const place = Math.min(recipe.effects.length - 1, Math.max(0, to));
  if (place === from) return recipe;
  const effects = recipe.effects.filter((one) => one !== effect);
  effects.splice(place, 0, effect);
  return { ...recipe, effects };
}

/** The recipe with a copy of an effect right after it. */
export function duplicateEffect(recipe: Recipe, id: number): Recipe {
  const effect = findEffect(recipe, id);
  if (!effect || !hasRoom(recipe)) return recipe;
  const effects = [...recipe.effects];
  effects.splice(effects.indexOf(effect) + 1, 0, { ...effect });
  return { ...recipe, effects };
}
