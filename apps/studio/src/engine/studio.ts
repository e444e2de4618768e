import { type Recipe, recipeSchema } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { STANDARD_STAGE, type StageSettings } from '../stage/stage-settings.ts';
import { Networks } from './networks.ts';
import { PhotoSession } from './photo-session.ts';
import type { PageNetwork } from './predicting/network.ts';
import { problemOf } from './problems.ts';
import { RecipeHistory } from './recipe-history.ts';
import { Remaking } from './remaking.ts';
import type { Mode, StudioState, ToolId } from './state.ts';
import { createStore, type Store } from './store.ts';
import { SpareWorker } from './worker/spare-worker.ts';

/** A recipe that changes nothing. */
export function emptyRecipe(): Recipe {
  return recipeSchema.parse({ version: 1 });
}

/** How a change of the recipe stands in the history. */
export interface ChangeOptions {
  /** What undo calls it, such as `Brush`. */
  readonly label: string;
  /** Changes with the same one in a row are one. */
  readonly merge?: string;
}

/** The studio without its page: one photo at a time, its layers and what is done to them. */
export class Studio {
  readonly store: Store<StudioState>;
  readonly #networks: Networks;
  readonly #spare = new SpareWorker((isWarm) => this.store.set({ isWarm }));
  #session: PhotoSession | undefined;
  #history = new RecipeHistory(emptyRecipe());
  readonly #remaking: Remaking;
  #file: File | Blob | undefined;

  constructor(mode: Mode = 'device') {
    this.store = createStore<StudioState>({
      mode,
      tool: 'compare',
      phase: 'empty',
      timings: {},
      isWarm: false,
      recipe: this.#history.recipe,
      canUndo: false,
      canRedo: false,
      isRemaking: false,
      stage: STANDARD_STAGE,
    });
    this.#remaking = new Remaking({
      store: this.store,
      session: () => this.#session,
      onFail: (error) => this.#fail(error),
    });
    this.#networks = new Networks((share) => {
      const { progress } = this.store.get();
      if (progress?.step === 'model') this.store.set({ progress: { step: 'model', share } });
    });
  }

  /** The photo that is open, for tools that ask its worker themselves. */
  get session(): PhotoSession | undefined {
    return this.#session;
  }

  /** Loads what the mode needs before a photo is there, so that the first one need not wait. */
  async warm(): Promise<void> {
    try {
      await this.#network();
      await this.#spare.prepare();
    } catch {
      // The photo that needs it will say why.
    }
  }

  /** Opens a photo in place of the one before. Never throws: what goes wrong stands in the state. */
  async open(file: File | Blob): Promise<void> {
    await this.#open(file, new RecipeHistory(emptyRecipe()));
  }

  /** Does the same again, with what was done to the photo, after something went wrong. */
  async retry(): Promise<void> {
    if (this.#file) await this.#reopen(this.#file);
    else {
      this.dismissProblem();
      await this.warm();
    }
  }

  /** Stops what is being done; where nothing was shown yet, back to the start. */
  cancel(): void {
    if (this.store.get().progress) this.close();
  }

  /** Goes back to the start and gives the photo's memory back. */
  close(): void {
    this.#forget(new RecipeHistory(emptyRecipe()));
    this.#file = undefined;
    this.store.set({ sent: undefined });
  }

  setTool(tool: ToolId): void {
    this.store.set({ tool });
  }

  /** Changes how the photo stands on the stage and how the camera goes. */
  setStage(change: Partial<StageSettings>): void {
    this.store.set({ stage: { ...this.store.get().stage, ...change } });
  }

  /** Another place for the network to run. A photo that is open is made anew there, its recipe kept. */
  async setMode(mode: Mode): Promise<void> {
    if (mode === this.store.get().mode) return;
    this.store.set({ mode, machine: undefined, problem: undefined });
    if (this.#file) await this.#reopen(this.#file);
    else await this.warm();
  }

  /** Sends the photo again, with a key for the server. */
  async giveKey(apiKey: string): Promise<void> {
    this.#networks.takeKey(apiKey);
    await this.retry();
  }

  /** Changes the recipe; what shows it follows. A change of matte or depth makes the layers anew. */
  changeRecipe(change: (recipe: Recipe) => Recipe, { label, merge }: ChangeOptions): void {
    const before = this.#history.recipe;
    const after = change(before);
    if (after === before) return;
    this.#history.change(after, label, merge);
    this.#remaking.gesture.go(merge !== undefined);
    this.#showRecipe();
    this.#remaking.follow(before, after);
  }

  /** Ends a gesture: the next change is another one even if it merges. */
  settle(): void {
    this.#history.settle();
    this.#remaking.gesture.end();
  }

  undo(): void {
    const before = this.#history.recipe;
    if (this.#history.undo()) this.#moved(before);
  }

  redo(): void {
    const before = this.#history.recipe;
    if (this.#history.redo()) this.#moved(before);
  }

  /** Says what went wrong in a tool, where the tool has no better place for it. Cancelling is no problem. */
  showProblem(error: unknown): void {
    if (isDioramaError(error) && error.code === 'CANCELLED') return;
    this.store.set({ problem: problemOf(error, this.store.get().mode) });
  }

  dismissProblem(): void {
    // Nothing is left to try again.
    if (this.store.get().phase === 'empty') this.#file = undefined;
    this.store.set({ problem: undefined });
  }

  dispose(): void {
    this.close();
    this.#remaking.gesture.end();
    this.#spare.dispose();
    this.#networks.dispose();
  }

  async #reopen(file: File | Blob): Promise<void> {
    await this.#open(file, this.#history);
  }

  async #open(file: File | Blob, history: RecipeHistory): Promise<void> {
    this.#forget(history);
    const { recipe } = history;
    if (file !== this.#file) this.store.set({ sent: undefined });
    this.#file = file;
    const startedAt = performance.now();
    const elapsed = () => performance.now() - startedAt;
    // What a session that was left behind still has to say is nobody's business.
    const ifCurrent = (change: Partial<StudioState>) => {
      if (this.#session === session) this.store.set(change);
    };
    const session: PhotoSession = new PhotoSession(
      {
        onStep: (progress) => ifCurrent({ progress }),
        onOpen: (photo) => ifCurrent({ photo }),
        onGlimpse: (glimpse) => ifCurrent({ glimpse }),
        onSend: (sent) => {
          if (this.store.get().sent?.what !== 'file') ifCurrent({ sent });
        },
        onUnderstood: (understanding) => ifCurrent({ understanding }),
        onCrash: (error) => {
          if (this.#session === session) this.#fail(error);
        },
        onCutOut: (cutOut) => ifCurrent({ cutOut }),
        onLayers: (layers) => {
          const { timings } = this.store.get();
          const isFirst = timings.preview === undefined;
          ifCurrent({
            layers,
            cutOut: undefined,
            phase: layers.isPreview ? 'preview' : 'ready',
            ...(isFirst ? { timings: { preview: elapsed() } } : {}),
          });
        },
      },
      this.#spare.take(),
    );
    this.#session = session;
    this.store.set({ phase: 'working' });
    try {
      await session.open(
        file,
        () => this.#network(),
        () => this.store.get().recipe,
      );
      const { timings } = this.store.get();
      ifCurrent({ progress: undefined, timings: { ...timings, layers: elapsed() } });
      // The recipe may have changed while the layers were made by the one before.
      if (this.#session === session) this.#remaking.follow(recipe, this.#history.recipe);
      this.#spare.prepareLater();
    } catch (error) {
      if (this.#session === session) this.#fail(error);
    }
  }

  async #network(): Promise<PageNetwork> {
    const { mode } = this.store.get();
    const network = await this.#networks.get(mode);
    if (this.store.get().mode === mode) this.store.set({ machine: network.machine });
    return network;
  }

  #forget(history: RecipeHistory): void {
    this.#session?.dispose();
    this.#session = undefined;
    this.#history = history;
    this.store.set({
      phase: 'empty',
      photo: undefined,
      progress: undefined,
      problem: undefined,
      understanding: undefined,
      glimpse: undefined,
      layers: undefined,
      cutOut: undefined,
      timings: {},
      isRemaking: false,
    });
    this.#showRecipe();
  }

  #moved(before: Recipe): void {
    this.#remaking.gesture.go(false);
    this.#showRecipe();
    this.#remaking.follow(before, this.#history.recipe);
  }

  #showRecipe(): void {
    const { recipe, undoLabel, redoLabel } = this.#history;
    this.store.set({
      recipe,
      undoLabel,
      redoLabel,
      canUndo: undoLabel !== undefined,
      canRedo: redoLabel !== undefined,
    });
  }

  #fail(error: unknown): void {
    const problem = problemOf(error, this.store.get().mode);
    this.store.set({ problem, progress: undefined });
    if (this.store.get().layers) return;
    this.#session?.dispose();
    this.#session = undefined;
    // What lies in the file is no better the next time, unless the server opens it.
    if (problem.remedies.length === 1 && problem.remedies[0] === 'pick') this.#file = undefined;
    this.store.set({ phase: 'empty', photo: undefined, understanding: undefined });
  }
}
