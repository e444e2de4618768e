import type { Recipe } from '@diorama/contract';
import { DioramaError, isDioramaError, type Size } from '@diorama/core';
import type { PageNetwork } from './predicting/network.ts';
import type { OpenPhoto, Progress, Sent, Understanding, WorkCutOut, WorkLayers } from './state.ts';
import { PhotoWorker } from './worker/photo-worker.ts';

/** The longer side of what is shown first. */
const PREVIEW_LONG_SIDE = 640;
/** The worker shrinks it to the size that it works on. */
const ANY_LONG_SIDE = 100_000;

/** What a session tells as it goes on. */
export interface SessionEvents {
  readonly onStep: (progress: Progress) => void;
  readonly onOpen: (photo: OpenPhoto) => void;
  readonly onGlimpse: (photo: ImageBitmap | undefined) => void;
  /** Something is about to leave this device. */
  readonly onSend: (sent: Sent) => void;
  readonly onUnderstood: (understanding: Understanding) => void;
  readonly onLayers: (layers: WorkLayers) => void;
  readonly onCutOut: (cutOut: WorkCutOut) => void;
  /** The worker ended by itself, in whatever it was doing. */
  readonly onCrash: (error: DioramaError) => void;
}

/** One opened photo: its worker, its layers, and their end. */
export class PhotoSession {
  readonly worker: PhotoWorker;
  readonly #stop = new AbortController();
  readonly #events: SessionEvents;
  #shown: WorkLayers | undefined;
  #glimpse: ImageBitmap | undefined;
  #cutOut: WorkCutOut | undefined;

  /** `worker` is the session's own from now on. */
  constructor(events: SessionEvents, worker = new PhotoWorker()) {
    this.#events = events;
    this.worker = worker;
    worker.onCrash = events.onCrash;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /**
   * The way of a photo in a page: a small preview first, then all of it.
   * @throws DioramaError what the steps throw; `CANCELLED` after `dispose`
   */
  async open(file: File | Blob, network: () => Promise<PageNetwork>, recipe: () => Recipe) {
    const { signal, worker } = this;
    const { onStep, onOpen, onSend, onUnderstood } = this.#events;
    onStep({ step: 'open' });
    // Side by side with the photo; whether it opens is asked when it is needed.
    const opening = network();
    let isOpened = false;
    opening.then(
      () => {
        isOpened = true;
      },
      () => undefined,
    );
    const size = await this.#openFile(file, opening);
    onOpen({ name: file instanceof File ? nameOf(file) : 'photo', bytes: file.size, size });
    // A network that is there begins first: it takes longest.
    const isPredictedFirst = isOpened;
    if (!isPredictedFirst) await this.#showGlimpse();
    onStep({ step: 'model' });
    const { card, predict, openFile } = await opening;
    const { image } = await worker.ask('fit', { card }, { signal });
    onStep({ step: 'predict' });
    if (openFile) onSend({ what: 'picture', size: { width: image.width, height: image.height } });
    const predicting = predict(image, signal);
    predicting.catch(() => undefined);
    if (isPredictedFirst) await this.#showGlimpse();
    const prediction = await predicting;
    onUnderstood(await worker.ask('understand', { card, prediction }, { signal }));
    onStep({ step: 'preview' });
    await this.remake(recipe(), { isPreview: true });
    onStep({ step: 'layers' });
    await this.remake(recipe(), { isPreview: false });
  }

  /** A file that this browser does not open is opened by the server, where the person has chosen one. */
  async #openFile(file: Blob, opening: Promise<PageNetwork>): Promise<Size> {
    const { signal, worker } = this;
    try {
      return (await worker.ask('open', { file }, { signal })).size;
    } catch (error) {
      if (!isDioramaError(error) || error.detail['isForServer'] !== true) throw error;
      const type = String(error.detail['found']);
      const { openFile } = await opening;
      if (!openFile) throw error;
      if (signal.aborted) throw new DioramaError('CANCELLED', 'Cancelled.');
      const note = `This browser does not open ${type}: the whole file goes to the server, which opens it`;
      this.#events.onStep({ step: 'send', note });
      this.#events.onSend({ what: 'file', type });
      const opened = await openFile(file, signal);
      return (await worker.ask('open', { file: opened }, { signal })).size;
    }
  }

  /** The photo itself, at once. */
  async #showGlimpse(): Promise<void> {
    const { signal, worker } = this;
    const { photo } = await worker.ask('glimpse', { longSide: PREVIEW_LONG_SIDE }, { signal });
    this.#glimpse = photo;
    this.#events.onGlimpse(photo);
  }

  #closeGlimpse(): void {
    if (!this.#glimpse) return;
    this.#events.onGlimpse(undefined);
    this.#glimpse.close();
    this.#glimpse = undefined;
  }

  /** Makes the layers by another recipe. @throws DioramaError as `open` */
  async remake(recipe: Recipe, { isPreview }: { readonly isPreview: boolean }): Promise<void> {
    const { signal } = this;
    const request = isPreview
      ? ({ recipe, longSide: PREVIEW_LONG_SIDE, plateFill: 'smooth' } as const)
      : { recipe, longSide: ANY_LONG_SIDE };
    const made = await this.worker.ask('layers', request, { signal });
    const before = this.#shown;
    const ahead = this.#cutOut;
    this.#shown = { ...made, isPreview };
    this.#cutOut = undefined;
    this.#events.onLayers(this.#shown);
    this.#closeGlimpse();
    close(before);
    ahead?.subject.close();
  }

  /** Makes what a retouched matte changes at once, ahead of the layers. @throws DioramaError as `open` */
  async cutOut(recipe: Recipe, { isPreview }: { readonly isPreview: boolean }): Promise<void> {
    const longSide = isPreview ? PREVIEW_LONG_SIDE : ANY_LONG_SIDE;
    const made = await this.worker.ask('cut-out', { recipe, longSide }, { signal: this.signal });
    const before = this.#cutOut;
    this.#cutOut = { ...made, isPreview };
    this.#events.onCutOut(this.#cutOut);
    before?.subject.close();
  }

  /** Ends what runs and gives all memory of the photo back. */
  dispose(): void {
    this.#stop.abort();
    this.worker.dispose();
    this.#closeGlimpse();
    close(this.#shown);
    this.#cutOut?.subject.close();
    this.#shown = undefined;
    this.#cutOut = undefined;
  }
}

function close(layers: WorkLayers | undefined): void {
  if (!layers) return;
  const { photo, subject, plate, stagePlate, stageStill } = layers;
  for (const bitmap of [photo, subject, plate, stagePlate, stageStill]) bitmap.close();
}

function nameOf({ name }: File): string {
  return name.replace(/^.*[/\\]/, '') || 'photo';
}
