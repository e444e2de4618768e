import { DioramaError, isDioramaError } from '@diorama/core';
import { farthestOf } from '../../stage/stage-settings.ts';
import { createStore, type Store } from '../store.ts';
import type { Studio } from '../studio.ts';
import type { ExportChoice, ExportedFile, ExportStep } from './export-order.ts';
import { makeInWorker } from './export-worker.ts';
import { fileNameOf, formatOf } from './file-format.ts';
import { choosePlace, copyPicture, downloadFile, removeEmpty, shareFile } from './save-file.ts';

/** A file that is being made. */
export interface ExportJob {
  readonly name: string;
  readonly step: ExportStep;
  /** 0..1 of the step, where it is known. */
  readonly share?: number | undefined;
}

/** What became of the last one. */
export interface ExportDone {
  readonly name: string;
  readonly bytes: number;
  readonly how: 'saved' | 'written' | 'copied' | 'shared';
}

/** Why there is no file, as the person reads it. */
export interface ExportProblem {
  readonly code: string;
  readonly message: string;
}

export interface ExportState {
  readonly job?: ExportJob | undefined;
  readonly done?: ExportDone | undefined;
  readonly problem?: ExportProblem | undefined;
  /** Made, and waiting for the click that a browser wants before it opens its sheet. */
  readonly toShare?: { readonly blob: Blob; readonly name: string } | undefined;
}

/** Makes files of the studio's photo, one at a time. */
export class Exporter {
  readonly store: Store<ExportState> = createStore<ExportState>({});
  readonly #studio: Studio;
  #stop: AbortController | undefined;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Makes a file and saves it as a download. Never throws: what goes wrong stands in the state. */
  async save(choice: ExportChoice): Promise<void> {
    await this.#run(choice, async (name) => {
      const { blob, bytes } = await this.#make(choice);
      if (blob) downloadFile(blob, name);
      return { name, bytes, how: 'saved' };
    });
  }

  /** Asks where the file is to be and writes it there while it is being made. Never throws. */
  async saveAs(choice: ExportChoice): Promise<void> {
    await this.#run(choice, async (name) => {
      const handle = await choosePlace(name, formatOf(choice));
      if (!handle) return undefined;
      try {
        const { bytes } = await this.#make(choice, handle);
        return { name: handle.name, bytes, how: 'written' };
      } catch (error) {
        await removeEmpty(handle);
        throw error;
      }
    });
  }

  /** Puts the picture on the clipboard, as PNG. Never throws. */
  async copy(choice: ExportChoice): Promise<void> {
    const asPng: ExportChoice = { ...choice, format: 'png' };
    await this.#run(asPng, async (name) => {
      const making = this.#make(asPng).then(({ blob }) => there(blob));
      await copyPicture(making);
      return { name, bytes: (await making).size, how: 'copied' };
    });
  }

  /** Makes a file for the device's sheet, which opens when `share` is called next. Never throws. */
  async prepareShare(choice: ExportChoice): Promise<void> {
    await this.#run(choice, async (name) => {
      const { blob } = await this.#make(choice);
      this.store.set({ toShare: { blob: there(blob), name } });
      return undefined;
    });
  }

  /** Opens the sheet for what was prepared. Never throws. */
  async share(): Promise<void> {
    const { toShare } = this.store.get();
    if (!toShare) return;
    const { blob, name } = toShare;
    try {
      const isSent = await shareFile(blob, name);
      if (isSent) {
        this.store.set({ toShare: undefined, done: { name, bytes: blob.size, how: 'shared' } });
      }
    } catch (error) {
      this.store.set({ toShare: undefined, problem: problemOf(error) });
    }
  }

  /** Stops what is being made; nothing of it stays. */
  cancel(): void {
    this.#stop?.abort();
  }

  /** Forgets what became of the last one, such as when another is chosen. */
  clear(): void {
    const { done, problem, toShare } = this.store.get();
    if (done || problem || toShare) {
      this.store.set({ done: undefined, problem: undefined, toShare: undefined });
    }
  }

  async #run(
    choice: ExportChoice,
    work: (name: string) => Promise<ExportDone | undefined>,
  ): Promise<void> {
    if (this.#stop) return;
    const { photo } = this.#studio.store.get();
    const session = this.#studio.session;
    if (!photo || !session) return;
    const stop = new AbortController();
    this.#stop = stop;
    // A photo that is closed needs no files.
    const onEnd = () => stop.abort();
    session.signal.addEventListener('abort', onEnd, { once: true });
    this.clear();
    try {
      this.store.set({ done: await work(fileNameOf(photo.name, choice)) });
    } catch (error) {
      const isCancelled = isDioramaError(error) && error.code === 'CANCELLED';
      if (!isCancelled) this.store.set({ problem: problemOf(error) });
    } finally {
      session.signal.removeEventListener('abort', onEnd);
      this.#stop = undefined;
      this.store.set({ job: undefined });
    }
  }

  async #make(choice: ExportChoice, handle?: FileSystemFileHandle): Promise<ExportedFile> {
    const { photo, recipe, understanding, stage } = this.#studio.store.get();
    const session = this.#studio.session;
    const signal = this.#stop?.signal;
    if (!session || !photo || !signal) throw new DioramaError('CANCELLED', 'Cancelled.');
    const name = handle?.name ?? fileNameOf(photo.name, choice);
    const onStep = (step: ExportStep) => this.store.set({ job: { name, step } });
    onStep('photo');
    const desk = await session.worker.ask('export-desk', {}, { signal });
    const order = {
      choice,
      recipe,
      depth: understanding?.depth,
      focalLength35mm: understanding?.focalLength35mm,
      // As deep as it stands on the stage.
      farthest: farthestOf(stage.look),
    };
    return makeInWorker(
      { order, desk, handle },
      {
        signal,
        onStep,
        onProgress: (share) => {
          const { job } = this.store.get();
          if (job) this.store.set({ job: { ...job, share } });
        },
      },
    );
  }
}

const exporters = new WeakMap<Studio, Exporter>();

/** The exporter of a studio; there is one, which outlives the tool's panel. */
export function exporterOf(studio: Studio): Exporter {
  const known = exporters.get(studio);
  if (known) return known;
  const made = new Exporter(studio);
  exporters.set(studio, made);
  return made;
}

function there(blob: Blob | undefined): Blob {
  if (blob) return blob;
  throw new DioramaError('INTERNAL', 'A file was made that is not here.');
}

function problemOf(error: unknown): ExportProblem {
  if (isDioramaError(error)) return { code: error.code, message: error.message };
  reportError(error);
  return { code: 'INTERNAL', message: 'Something went wrong while the file was made.' };
}
