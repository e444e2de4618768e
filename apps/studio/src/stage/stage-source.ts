import { isDioramaError, type Size } from '@diorama/core';
import { isMoving } from '@diorama/engine/recipe';
import type { StudioState, WorkLayers } from '../engine/state.ts';
import type { Studio } from '../engine/studio.ts';
import type { Frame, FrameLayer } from '../engine/worker/photo-tasks.ts';
import { type StageLayer, type StageLayers, stageLayersOf } from './stage-layers.ts';

/** The longer side of layers with effects: those that move are made again and again. */
const STILL_LONG_SIDE = 1600;
const MOVING_LONG_SIDE = 960;

interface SourceEvents {
  /** Other layers are to be shown, from far to near. They are to be copied at once. */
  readonly onLayers: (layers: StageLayers, photo: Size) => void;
  /** Where the loop is, 0..1. */
  readonly share: () => number;
}

/** Finds the layers for the stage: the photo's own, taken apart where they need it, or with the recipe's effects. */
export class StageSource {
  readonly #studio: Studio;
  readonly #events: SourceEvents;
  readonly #unsubscribe: () => void;
  #shown: Pick<StudioState, 'layers' | 'recipe'> | undefined;
  #asking: AbortController | undefined;

  constructor(studio: Studio, events: SourceEvents) {
    this.#studio = studio;
    this.#events = events;
    this.#unsubscribe = studio.store.subscribe(() => this.#follow());
    this.#follow();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#asking?.abort();
  }

  #follow(): void {
    const { layers, recipe } = this.#studio.store.get();
    if (!layers) return;
    const before = this.#shown;
    const isSame =
      before?.layers === layers &&
      before.recipe.effects === recipe.effects &&
      before.recipe.loopSeconds === recipe.loopSeconds;
    if (isSame) return;
    this.#shown = { layers, recipe };
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const hasEffects = recipe.effects.some(({ isOn }) => isOn);
    if (!hasEffects || before?.layers !== layers) {
      this.#events.onLayers(stageLayersOf(layers), layers.size);
    }
    const more = hasEffects
      ? this.#askFrames(asking.signal)
      : this.#takeApart(layers, asking.signal);
    more.catch((error: unknown) => {
      // A photo that was closed takes its worker with it; else what is shown stays.
      if (!isDioramaError(error) || error.code !== 'CANCELLED') reportError(error);
    });
  }

  /** Layers with effects: once where they stand still, else one after another. */
  async #askFrames(signal: AbortSignal): Promise<void> {
    const { worker } = this.#studio.session ?? {};
    const { recipe } = this.#studio.store.get();
    const isMovingRecipe = recipe.effects.some(isMoving);
    const longSide = isMovingRecipe ? MOVING_LONG_SIDE : STILL_LONG_SIDE;
    let last = -1;
    while (worker && !signal.aborted) {
      const share = isMovingRecipe ? this.#events.share() : 0;
      if (share === last) {
        await nextPicture();
        continue;
      }
      last = share;
      const request = { recipe, longSide, share, want: 'layers' } as const;
      this.#show(await worker.ask('frame', request, { signal }), signal);
      if (!isMovingRecipe) return;
    }
  }

  /**
   * A photo without a subject is shown as two layers where its depth jumps, so that nothing is stretched in between. With
   * a subject the strongest jumps are its own, and what is left is better stretched a little than filled in twice.
   */
  async #takeApart(layers: WorkLayers, signal: AbortSignal): Promise<void> {
    const { worker } = this.#studio.session ?? {};
    if (!worker || layers.isPreview || layers.matte.data.some((alpha) => alpha > 127)) return;
    // Its plate is the photo, but for what a photo with an alpha of its own leaves open: that is filled in there.
    const request = { colour: layers.photo, depth: layers.depth };
    const { far, near } = await worker.ask('take-apart', request, { signal });
    if (!far || !near) return;
    const [, subject] = stageLayersOf(layers);
    if (!signal.aborted && subject) {
      const parts = [named('plate', far), named('plate-near', near), subject];
      this.#events.onLayers(parts, layers.size);
    }
    far.colour.close();
    near.colour.close();
  }

  #show({ layers, size }: Frame, signal: AbortSignal): void {
    if (!layers) return;
    const { plate, between, subject, front } = layers;
    const shown = [
      named('plate', plate),
      ...(between ? [named('between', between)] : []),
      named('subject', subject),
      ...(front ? [named('front', front)] : []),
    ];
    if (!signal.aborted) this.#events.onLayers(shown, size);
    for (const { colour } of shown) colour.close();
  }
}

function named(name: StageLayer['name'], { colour, depth }: FrameLayer): StageLayer {
  return { name, colour, depth };
}

function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 16);
  });
}
