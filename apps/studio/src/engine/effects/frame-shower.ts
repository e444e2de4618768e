import type { Recipe } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { isMoving } from '@diorama/engine/recipe';
import type { Studio } from '../studio.ts';
import type { EffectsTool } from './effects-tool.ts';

/** The longer side of a frame while something is dragged or plays, from good to quick. */
const QUICK_LONG_SIDES = [960, 640, 448] as const;
/** The longer side of a frame that is looked at. */
const STILL_LONG_SIDE = 2048;
/** A frame that takes longer than this makes the next ones smaller; one that is this much quicker, larger. */
const TOO_SLOW_MS = 220;
const QUICK_MS = 60;
/** So long nothing changes before a frame is made at full size. */
const REST_MS = 140;
/** A wait that is shorter is not worth a word. */
const BUSY_AFTER_MS = 400;

/** What a frame is drawn on. */
export interface FrameTarget {
  /** The frame is closed after it was drawn, or kept until the next one: it is the target's. */
  readonly show: (frame: ImageBitmap) => void;
}

/**
 * Keeps a target showing the photo with its recipe: at once and small while something changes, then large; in turn while
 * it plays. One frame at a time is asked for; what is no longer wanted is cancelled or left out.
 */
export class FrameShower {
  readonly #studio: Studio;
  readonly #tool: EffectsTool;
  readonly #target: FrameTarget;
  readonly #unsubscribe: readonly (() => void)[];
  #stop = new AbortController();
  #isOver = false;
  #isRunning = false;
  /** The recipe and layers that were last shown at full size. */
  #still: { readonly recipe: Recipe; readonly layers: unknown; readonly share: number } | undefined;
  #quick = 0;
  #changedAt = 0;
  #seen: { readonly recipe: Recipe; readonly layers: unknown } | undefined;
  #wake: (() => void) | undefined;
  #startedAt = performance.now();
  #share = 0;
  /** A recipe that cannot be shown, until there is another. */
  #failed: Recipe | undefined;

  constructor(studio: Studio, tool: EffectsTool, target: FrameTarget) {
    this.#studio = studio;
    this.#tool = tool;
    this.#target = target;
    this.#unsubscribe = [
      studio.store.subscribe(() => this.#follow()),
      tool.store.subscribe(() => this.#start()),
    ];
    this.#follow();
  }

  dispose(): void {
    this.#isOver = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#stop.abort();
    this.#wake?.();
    this.#tool.store.set({ isBusy: false, isWhole: false });
  }

  #follow(): void {
    const { recipe, layers } = this.#studio.store.get();
    if (this.#seen?.recipe !== recipe || this.#seen.layers !== layers) {
      // The first look is not a change that anything waits for.
      if (this.#seen) this.#changedAt = performance.now();
      this.#seen = { recipe, layers };
      this.#failed = undefined;
      this.#mark(false);
      this.#stop.abort();
      this.#wake?.();
    }
    this.#start();
  }

  #start(): void {
    if (!this.#isRunning && !this.#isOver) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#canShow) {
        if (this.#isPlaying) await this.#turn();
        else if (this.#isStillShown()) break;
        else await this.#settleOn();
      }
    } catch (error) {
      this.#failed = this.#studio.store.get().recipe;
      if (!this.#isOver) this.#tool.say(error);
    } finally {
      this.#isRunning = false;
    }
  }

  get #canShow(): boolean {
    const { layers, recipe } = this.#studio.store.get();
    const { session } = this.#studio;
    if (this.#isOver || !layers || recipe === this.#failed) return false;
    return session !== undefined && !session.signal.aborted;
  }

  get #isPlaying(): boolean {
    const { recipe } = this.#studio.store.get();
    return this.#tool.store.get().isPlaying && recipe.effects.some(isMoving);
  }

  #isStillShown(): boolean {
    const { recipe, layers } = this.#studio.store.get();
    const shown = this.#still;
    return shown?.recipe === recipe && shown.layers === layers && shown.share === this.#share;
  }

  /** One frame of a loop that plays, at its moment. */
  async #turn(): Promise<void> {
    const { recipe } = this.#studio.store.get();
    const now = performance.now();
    const loopMs = recipe.loopSeconds * 1000;
    this.#share = ((now - this.#startedAt) % loopMs) / loopMs;
    this.#still = undefined;
    this.#mark(false);
    await this.#show(recipe, QUICK_LONG_SIDES[this.#quick] ?? 640);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }

  /** A small frame at once where something was changed, and a large one when nothing is any more. */
  async #settleOn(): Promise<void> {
    const { recipe, layers } = this.#studio.store.get();
    const isFresh = performance.now() - this.#changedAt < REST_MS;
    const moment = { recipe, layers, share: this.#share };
    if (isFresh || this.#still === undefined) {
      await this.#show(recipe, QUICK_LONG_SIDES[this.#quick] ?? 640);
      await this.#rest();
      if (this.#studio.store.get().recipe !== recipe || this.#isPlaying) return;
    }
    if (!(await this.#show(recipe, STILL_LONG_SIDE))) return;
    this.#still = moment;
    if (this.#isStillShown()) this.#mark(true);
  }

  /** Waits until nothing has changed for a while; a change ends it. */
  async #rest(): Promise<void> {
    const left = REST_MS - (performance.now() - this.#changedAt);
    if (left <= 0 || this.#isOver) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  /** Asks for a frame and shows it. Says whether it was shown. */
  async #show(recipe: Recipe, longSide: number): Promise<boolean> {
    const { session } = this.#studio;
    // What was waited for may have brought another photo, whose worker has no layers yet.
    if (!session || !this.#canShow) return false;
    const isQuick = longSide !== STILL_LONG_SIDE;
    const stop = new AbortController();
    // A small frame is shown even when the next change is there: otherwise nothing would be while a slider moves.
    if (!isQuick) this.#stop = stop;
    const askedAt = performance.now();
    const busy = setTimeout(() => this.#tool.store.set({ isBusy: true }), BUSY_AFTER_MS);
    try {
      const signal = AbortSignal.any([stop.signal, session.signal]);
      const request = { recipe, longSide, share: this.#share, want: 'picture' } as const;
      const { picture } = await session.worker.ask('frame', request, { signal });
      if (isQuick) this.#learn(performance.now() - askedAt);
      if (!picture) return false;
      if (this.#isOver) {
        picture.close();
        return false;
      }
      this.#target.show(picture);
      return true;
    } catch (error) {
      if (isDioramaError(error) && error.code === 'CANCELLED') return false;
      throw error;
    } finally {
      clearTimeout(busy);
      if (this.#tool.store.get().isBusy) this.#tool.store.set({ isBusy: false });
    }
  }

  #mark(isWhole: boolean): void {
    if (this.#tool.store.get().isWhole !== isWhole) this.#tool.store.set({ isWhole });
  }

  #learn(tookMs: number): void {
    if (tookMs > TOO_SLOW_MS) this.#quick = Math.min(QUICK_LONG_SIDES.length - 1, this.#quick + 1);
    else if (tookMs < QUICK_MS) this.#quick = Math.max(0, this.#quick - 1);
  }
}
