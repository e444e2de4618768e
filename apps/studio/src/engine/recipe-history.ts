import type { Recipe } from '@diorama/contract';

/** Older changes than so many cannot be undone. */
const MOST_CHANGES = 200;

interface Entry {
  readonly recipe: Recipe;
  readonly label: string;
  /** Changes with the same one in a row, such as those of a slider on its way, are one. */
  readonly merge?: string | undefined;
}

/** What was done to a photo, to be undone and done again. Recipes are values: each change is a new one. */
export class RecipeHistory {
  #done: Entry[] = [];
  #undone: Entry[] = [];
  #first: Recipe;

  constructor(first: Recipe) {
    this.#first = first;
  }

  get recipe(): Recipe {
    return this.#done.at(-1)?.recipe ?? this.#first;
  }

  get undoLabel(): string | undefined {
    return this.#done.at(-1)?.label;
  }

  get redoLabel(): string | undefined {
    return this.#undone.at(-1)?.label;
  }

  change(recipe: Recipe, label: string, merge?: string): void {
    const last = this.#done.at(-1);
    if (merge !== undefined && last?.merge === merge) this.#done.pop();
    this.#done.push({ recipe, label, merge });
    if (this.#done.length > MOST_CHANGES) this.#first = this.#done.shift()?.recipe ?? this.#first;
    this.#undone = [];
  }

  /** Ends what changes may be merged with: the next one stands for itself. */
  settle(): void {
    const last = this.#done.pop();
    if (last) this.#done.push({ recipe: last.recipe, label: last.label });
  }

  undo(): boolean {
    const last = this.#done.pop();
    if (!last) return false;
    this.#undone.push(last);
    return true;
  }

  redo(): boolean {
    const next = this.#undone.pop();
    if (!next) return false;
    this.#done.push({ recipe: next.recipe, label: next.label });
    return true;
  }
}
