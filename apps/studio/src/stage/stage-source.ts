import { isDioramaError, type Size } from '@diorama/core';
import { isMoving, wantsCleanPlate } from '@diorama/engine/recipe';
import type { StudioState, WorkLayers } from '../engine/state.ts';
import type { Studio } from '../engine/studio.ts';
import type { Frame } from '../engine/worker/photo-tasks.ts';
import { type StageLayers, stageLayersOf, stageLayersOfFrame } from './stage-layers.ts';

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
    // Without effects the layers are what they are, but for a background that comes apart.
    if (!hasEffects && !mayComeApart(layers)) return;
    this.#askFrames(layers, asking.signal).catch((error: unknown) => {
      // A photo that was closed takes its worker with it; else what is shown stays.
      if (!isDioramaError(error) || error.code !== 'CANCELLED') reportError(error);
    });
  }

  /** Layers as the recipe makes them: once where they stand still, else one after another. */
  async #askFrames({ size }: WorkLayers, signal: AbortSignal): Promise<void> {
    const { worker } = this.#studio.session ?? {};
    const { recipe } = this.#studio.store.get();
    const isMovingRecipe = recipe.effects.some(isMoving);
    const hasEffects = recipe.effects.some(({ isOn }) => isOn);
    const withEffects = isMovingRecipe ? MOVING_LONG_SIDE : STILL_LONG_SIDE;
    const longSide = hasEffects ? withEffects : Math.max(size.width, size.height);
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
      if (isMovingRecipe) continue;
      if (hasEffects && !wantsCleanPlate(recipe)) {
        // Takes as long again, and is seen only while the camera stands still.
        this.#show(await worker.ask('frame', { ...request, withStill: true }, { signal }), signal);
      }
      return;
    }
  }

  #show({ layers, size }: Frame, signal: AbortSignal): void {
    if (!layers) return;
    const shown = stageLayersOfFrame(layers);
    if (!signal.aborted) this.#events.onLayers(shown, size);
    for (const { colour } of shown) colour.close();
  }
}

/** Whether a frame of layers without effects is another than they are: its background is two, where there is no subject. */
function mayComeApart({ isPreview, matte }: WorkLayers): boolean {
  return !isPreview && !matte.data.some((alpha) => alpha > 127);
}

function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 16);
  });
}
