import type { Recipe } from '@diorama/contract';
import { Gesture } from './gesture.ts';
import type { PhotoSession } from './photo-session.ts';
import type { StudioState } from './state.ts';
import type { Store } from './store.ts';

interface RemakingOptions {
  readonly store: Store<StudioState>;
  /** The one of the photo that is open. */
  readonly session: () => PhotoSession | undefined;
  readonly onFail: (error: unknown) => void;
}

/** Makes the layers of the photo that is open anew when its recipe changes, in the pace of the hand that changes it. */
export class Remaking {
  readonly gesture = new Gesture();
  readonly #options: RemakingOptions;
  #isRunning = false;

  constructor(options: RemakingOptions) {
    this.#options = options;
  }

  /** Makes the layers anew where they depend on what changed; changes on the way are made together. */
  follow(before: Recipe, after: Recipe): void {
    const isSame = before.matte === after.matte && before.depth === after.depth;
    if (isSame || this.#options.store.get().phase !== 'ready' || this.#isRunning) return;
    this.#isRunning = true;
    void this.#remake(before).finally(() => {
      this.#isRunning = false;
    });
  }

  /** The cut-out at once, and the other layers when the hand rests. */
  async #remake(before: Recipe): Promise<void> {
    const { store, session: current, onFail } = this.#options;
    const session = current();
    const isWanted = (recipe: Recipe) => {
      const { matte, depth } = store.get().recipe;
      return session === current() && recipe.matte === matte && recipe.depth === depth;
    };
    store.set({ isRemaking: true });
    try {
      for (let cut = before; session && session === current(); ) {
        const { recipe, tool } = store.get();
        if (recipe.matte !== cut.matte && tool === 'subject') {
          cut = recipe;
          await session.cutOut(recipe, { isPreview: this.gesture.isOn });
          if (!isWanted(recipe)) continue;
          if (this.gesture.isOn) {
            await this.gesture.pause();
            cut = before;
            continue;
          }
          await this.gesture.rest();
          if (!isWanted(recipe)) continue;
        }
        await session.remake(recipe, { isPreview: false });
        if (isWanted(recipe)) break;
      }
    } catch (error) {
      if (session === current()) onFail(error);
    } finally {
      store.set({ isRemaking: false });
    }
  }
}
