import { type Recipe, recipeSchema } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { STANDARD_STAGE, type StageSettings } from '../stage/stage-settings.ts';
import { Networks } from './networks.ts';
import { PhotoSession } from './photo-session.ts';
import { RecipeHistory } from './recipe-history.ts';
import type { Mode, Problem, StudioState, ToolId } from './state.ts';
import { createStore, type Store } from './store.ts';

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
  #session: PhotoSession | undefined;
  #history = new RecipeHistory(emptyRecipe());
  #remaking: Promise<void> | undefined;
  #file: File | Blob | undefined;

  constructor(mode: Mode = 'device') {
    this.store = createStore<StudioState>({
      mode,
      tool: 'compare',
      phase: 'empty',
      timings: {},
      recipe: this.#history.recipe,
      canUndo: false,
      canRedo: false,
      isRemaking: false,
      stage: STANDARD_STAGE,
    });
    this.#networks = new Networks((share) => {
      if (this.store.get().progress?.step === 'model') this.#step('model', share);
    });
  }

  /** The photo that is open, for tools that ask its worker themselves. */
  get session(): PhotoSession | undefined {
    return this.#session;
  }

  /** Loads what the mode needs before a photo is there, so that the first one need not wait. */
  async warm(): Promise<void> {
    const { mode } = this.store.get();
    try {
      const { machine } = await this.#networks.get(mode);
      if (this.store.get().mode === mode) this.store.set({ machine });
    } catch {
      // The photo that needs it will say why.
    }
  }

  /** Opens a photo in place of the one before. Never throws: what goes wrong stands in the state. */
  async open(file: File | Blob): Promise<void> {
    this.close();
    this.#file = file;
    const startedAt = performance.now();
    const elapsed = () => performance.now() - startedAt;
    const session = new PhotoSession({
      onStep: (step, share) => this.#step(step, share),
      onOpen: (photo) => this.store.set({ photo }),
      onUnderstood: (understanding) => this.store.set({ understanding }),
      onLayers: (layers) =>
        this.store.set({ layers, phase: layers.isPreview ? 'preview' : 'ready' }),
    });
    this.#session = session;
    this.store.set({ phase: 'working' });
    const unsubscribe = this.store.subscribe(() => {
      const { phase, timings } = this.store.get();
      if (phase === 'preview' && timings.preview === undefined) {
        this.store.set({ timings: { preview: elapsed() } });
      }
    });
    try {
      const network = async () => {
        const opened = await this.#networks.get(this.store.get().mode);
        this.store.set({ machine: opened.machine });
        return opened;
      };
      await session.open(file, network, () => this.store.get().recipe);
      const { timings } = this.store.get();
      this.store.set({ progress: undefined, timings: { ...timings, layers: elapsed() } });
    } catch (error) {
      if (this.#session === session) this.#fail(error);
    } finally {
      unsubscribe();
    }
  }

  /** Goes back to the start and gives the photo's memory back. */
  close(): void {
    this.#session?.dispose();
    this.#session = undefined;
    this.#file = undefined;
    this.#history = new RecipeHistory(emptyRecipe());
    this.store.set({
      phase: 'empty',
      photo: undefined,
      progress: undefined,
      problem: undefined,
      understanding: undefined,
      layers: undefined,
      timings: {},
      isRemaking: false,
    });
    this.#showRecipe();
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
    this.store.set({ mode, machine: undefined });
    const file = this.#file;
    if (!file) return this.warm();
    const { recipe } = this.store.get();
    const opening = this.open(file);
    this.changeRecipe(() => recipe, { label: 'Mode' });
    await opening;
  }

  /** Sends the photo again, with a key for the server. */
  async useKey(apiKey: string): Promise<void> {
    this.#networks.useKey(apiKey);
    if (this.#file) await this.open(this.#file);
  }

  /** Changes the recipe; what shows it follows. A change of matte or depth makes the layers anew. */
  changeRecipe(change: (recipe: Recipe) => Recipe, { label, merge }: ChangeOptions): void {
    const before = this.#history.recipe;
    const after = change(before);
    if (after === before) return;
    this.#history.change(after, label, merge);
    this.#showRecipe();
    this.#follow(before, after);
  }

  /** Ends a gesture: the next change is another one even if it merges. */
  settle(): void {
    this.#history.settle();
  }

  undo(): void {
    const before = this.#history.recipe;
    if (this.#history.undo()) this.#moved(before);
  }

  redo(): void {
    const before = this.#history.recipe;
    if (this.#history.redo()) this.#moved(before);
  }

  dismissProblem(): void {
    this.store.set({ problem: undefined });
  }

  dispose(): void {
    this.close();
    this.#networks.dispose();
  }

  #moved(before: Recipe): void {
    this.#showRecipe();
    this.#follow(before, this.#history.recipe);
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

  /** Makes the layers anew where they depend on what changed; changes on the way are made together. */
  #follow(before: Recipe, after: Recipe): void {
    const isSame = before.matte === after.matte && before.depth === after.depth;
    if (isSame || this.store.get().phase !== 'ready' || this.#remaking !== undefined) return;
    this.#remaking = this.#remake().finally(() => {
      this.#remaking = undefined;
    });
  }

  async #remake(): Promise<void> {
    const session = this.#session;
    this.store.set({ isRemaking: true });
    try {
      for (let made: Recipe | undefined; session && session === this.#session; ) {
        const { recipe } = this.store.get();
        if (made?.matte === recipe.matte && made?.depth === recipe.depth) break;
        made = recipe;
        await session.remake(recipe, { isPreview: false });
      }
    } catch (error) {
      if (session === this.#session) this.#fail(error);
    } finally {
      this.store.set({ isRemaking: false });
    }
  }

  #step(step: NonNullable<StudioState['progress']>['step'], share?: number): void {
    this.store.set({ progress: { step, share } });
  }

  #fail(error: unknown): void {
    const problem = problemOf(error);
    const hasLayers = this.store.get().layers !== undefined;
    this.store.set({
      problem,
      progress: undefined,
      ...(hasLayers ? {} : { phase: 'empty', photo: undefined, understanding: undefined }),
    });
  }
}

function problemOf(error: unknown): Problem {
  if (isDioramaError(error)) return { code: error.code, message: error.message };
  reportError(error);
  return { code: 'INTERNAL', message: 'Something went wrong in this page.' };
}
