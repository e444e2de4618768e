import type { Effect, Recipe } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { createStore, type Store } from '../store.ts';
import type { ChangeOptions, Studio } from '../studio.ts';
import { nameOfEffect } from './effect-kinds.ts';
import {
  addEffect,
  duplicateEffect,
  findEffect,
  idOfEffect,
  moveEffect,
  removeEffect,
  replaceEffect,
} from './effect-list.ts';
import { Pictures } from './pictures.ts';
import type { Preset } from './presets.ts';
import { recipeOfText } from './recipe-text.ts';

/** What a person sees of the tool, besides the recipe itself. */
export interface EffectsToolState {
  /** The effect whose settings are open. */
  readonly chosen?: number | undefined;
  /** What went wrong, in one line. */
  readonly problem?: string | undefined;
  /** Whether the photo is shown without effects. */
  readonly isBefore: boolean;
  readonly isPlaying: boolean;
  /** Whether a frame has been waited for long enough to say so. */
  readonly isBusy: boolean;
  /** Whether what is shown is the recipe as it is now, at the size at which it is looked at. */
  readonly isWhole: boolean;
}

/** The tool "Effects" without its page: the list, what is chosen in it, and what is shown. */
export class EffectsTool {
  readonly store: Store<EffectsToolState>;
  readonly pictures: Pictures;
  readonly #studio: Studio;

  constructor(studio: Studio, isPlaying: boolean) {
    this.#studio = studio;
    this.pictures = new Pictures(studio);
    this.store = createStore<EffectsToolState>({
      isBefore: false,
      isPlaying,
      isBusy: false,
      isWhole: false,
    });
  }

  choose(chosen: number | undefined): void {
    this.store.set({ chosen });
  }

  /** Adds an effect and opens its settings. */
  add(effect: Effect): void {
    this.#change((recipe) => addEffect(recipe, effect), { label: `Add ${nameInText(effect)}` });
    this.choose(idOfEffect(effect));
  }

  change(id: number, next: Effect, options: ChangeOptions): void {
    const merge = options.merge === undefined ? {} : { merge: `effect-${id}-${options.merge}` };
    this.#change((recipe) => replaceEffect(recipe, id, next), { label: options.label, ...merge });
  }

  /** Ends a gesture. */
  settle(): void {
    this.#studio.settle();
  }

  toggle(id: number): void {
    const effect = this.#find(id);
    if (!effect) return;
    const label = `${effect.isOn ? 'Hide' : 'Show'} ${nameInText(effect)}`;
    this.change(id, { ...effect, isOn: !effect.isOn }, { label });
  }

  /** Moves an effect up (-1) or down (1) by so many places. */
  moveBy(id: number, places: number): void {
    const effect = this.#find(id);
    if (effect) this.moveTo(id, this.#recipe.effects.indexOf(effect) + places);
  }

  /** Moves an effect to a place, 0 the first. Moves until `settle` are one. */
  moveTo(id: number, place: number): void {
    const effect = this.#find(id);
    if (!effect) return;
    const options = { label: `Move ${nameInText(effect)}`, merge: `move-${id}` };
    this.#change((recipe) => moveEffect(recipe, id, place), options);
  }

  duplicate(id: number): void {
    const effect = this.#find(id);
    if (!effect) return;
    const label = `Duplicate ${nameInText(effect)}`;
    this.#change((recipe) => duplicateEffect(recipe, id), { label });
  }

  remove(id: number): void {
    const effect = this.#find(id);
    if (!effect) return;
    this.#change((recipe) => removeEffect(recipe, id), { label: `Remove ${nameInText(effect)}` });
    if (this.store.get().chosen === id) this.choose(undefined);
  }

  /** Puts a preset's effects in the place of those that are there. */
  applyPreset({ label, make }: Preset): void {
    const effects = [...make()];
    this.#change((recipe) => ({ ...recipe, effects }), { label });
    const [first] = effects;
    this.choose(first && idOfEffect(first));
  }

  clear(): void {
    this.#change((recipe) => ({ ...recipe, effects: [] }), { label: 'Remove all effects' });
    this.choose(undefined);
  }

  /** Takes a recipe from a text; one that is none changes nothing and says why. */
  load(text: string): void {
    try {
      const recipe = recipeOfText(text);
      this.#change(() => recipe, { label: 'Load recipe' });
      this.choose(undefined);
    } catch (error) {
      this.say(error);
    }
  }

  /** Takes a picture in for a background. */
  async takePicture(id: number, file: File): Promise<void> {
    try {
      const picture = await this.pictures.add(file);
      const effect = this.#find(id);
      if (effect?.type !== 'background') return;
      const next = { ...effect, fill: { kind: 'picture', picture } } as const;
      this.change(id, next, { label: 'Picture behind' });
    } catch (error) {
      this.say(error);
    }
  }

  /** Shows what went wrong. Being cancelled is no fault. */
  say(error: unknown): void {
    if (isDioramaError(error)) {
      if (error.code !== 'CANCELLED') this.store.set({ problem: error.message });
      return;
    }
    reportError(error);
    this.store.set({ problem: 'Something went wrong in this page.' });
  }

  dismissProblem(): void {
    if (this.store.get().problem !== undefined) this.store.set({ problem: undefined });
  }

  get #recipe(): Recipe {
    return this.#studio.store.get().recipe;
  }

  #find(id: number): Effect | undefined {
    return findEffect(this.#recipe, id);
  }

  #change(change: (recipe: Recipe) => Recipe, options: ChangeOptions): void {
    this.dismissProblem();
    this.#studio.changeRecipe(change, options);
  }
}

function nameInText(effect: Effect): string {
  return nameOfEffect(effect).toLowerCase();
}

const tools = new WeakMap<Studio, EffectsTool>();

/** The one of a studio: it keeps what is chosen, and pictures, while other tools are used. */
export function effectsToolOf(studio: Studio): EffectsTool {
  const known = tools.get(studio);
  if (known) return known;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const made = new EffectsTool(studio, !isStill);
  tools.set(studio, made);
  return made;
}
