import type { Recipe } from '@diorama/contract';
import type { PageNetwork } from './predicting/network.ts';
import type { OpenPhoto, Step, Understanding, WorkLayers } from './state.ts';
import { PhotoWorker } from './worker/photo-worker.ts';

/** The longer side of what is shown first. */
const PREVIEW_LONG_SIDE = 640;
/** The worker shrinks it to the size that it works on. */
const ANY_LONG_SIDE = 100_000;

/** What a session tells as it goes on. */
export interface SessionEvents {
  readonly onStep: (step: Step, share?: number) => void;
  readonly onOpen: (photo: OpenPhoto) => void;
  readonly onUnderstood: (understanding: Understanding) => void;
  readonly onLayers: (layers: WorkLayers) => void;
}

/** One opened photo: its worker, its layers, and their end. */
export class PhotoSession {
  readonly worker = new PhotoWorker();
  readonly #stop = new AbortController();
  readonly #events: SessionEvents;
  #shown: WorkLayers | undefined;

  constructor(events: SessionEvents) {
    this.#events = events;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /**
   * The way of a photo in a page: a small preview first, then all of it.
   * @throws DioramaError what the steps throw; `CANCELLED` after `dispose`
   */
  async open(file: File | Blob, network: () => Promise<PageNetwork>, recipe: () => Recipe) {
    const { signal } = this;
    const { onStep, onOpen, onUnderstood } = this.#events;
    onStep('open');
    const { size } = await this.worker.ask('open', { file }, { signal });
    onOpen({ name: file instanceof File ? nameOf(file) : 'photo', bytes: file.size, size });
    onStep('model');
    const { card, predict } = await network();
    onStep('predict');
    const { image } = await this.worker.ask('fit', { card }, { signal });
    const prediction = await predict(image, signal);
    onUnderstood(await this.worker.ask('understand', { card, prediction }, { signal }));
    onStep('preview');
    await this.remake(recipe(), { isPreview: true });
    onStep('layers');
    await this.remake(recipe(), { isPreview: false });
  }

  /** Makes the layers by another recipe. @throws DioramaError as `open` */
  async remake(recipe: Recipe, { isPreview }: { readonly isPreview: boolean }): Promise<void> {
    const longSide = isPreview ? PREVIEW_LONG_SIDE : ANY_LONG_SIDE;
    const made = await this.worker.ask('layers', { recipe, longSide }, { signal: this.signal });
    const before = this.#shown;
    this.#shown = { ...made, isPreview };
    this.#events.onLayers(this.#shown);
    close(before);
  }

  /** Ends what runs and gives all memory of the photo back. */
  dispose(): void {
    this.#stop.abort();
    this.worker.dispose();
    close(this.#shown);
    this.#shown = undefined;
  }
}

function close(layers: WorkLayers | undefined): void {
  for (const bitmap of layers ? [layers.photo, layers.subject, layers.plate] : []) bitmap.close();
}

function nameOf({ name }: File): string {
  return name.replace(/^.*[/\\]/, '') || 'photo';
}
