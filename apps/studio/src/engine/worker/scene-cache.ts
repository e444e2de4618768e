import type { Effect, Recipe } from '@diorama/contract';
import type { LayeredScene } from '@diorama/core/scene';

/** Above so many pixels only one stage is kept, since each is a set of layers. */
const MANY_PIXELS = 6_000_000;
/** Scenes of one photo that are kept: such as while a slider moves, and when it rests. */
const MOST_SCENES = 3;

/** What a scene became after the first `count` effects. */
export interface Stage {
  readonly count: number;
  readonly key: string;
  readonly scene: LayeredScene;
}

/** A scene before its effects, and what it became after some of them. */
export interface SceneEntry {
  readonly key: string;
  readonly scene: LayeredScene;
  stages: readonly Stage[];
}

/** Scenes that were made for one photo, the one that was last asked for first. */
export class SceneCache {
  #entries: readonly SceneEntry[] = [];

  get(key: string): SceneEntry | undefined {
    const entry = this.#entries.find((one) => one.key === key);
    if (entry) this.#entries = [entry, ...this.#entries.filter((one) => one !== entry)];
    return entry;
  }

  /** Keeps a scene. Of large ones there is one at a time. */
  put(key: string, scene: LayeredScene): SceneEntry {
    const entry: SceneEntry = { key, scene, stages: [] };
    const others = this.#entries.filter((one) => !isLarge(scene) || !isLarge(one.scene));
    this.#entries = [entry, ...others].slice(0, MOST_SCENES);
    return entry;
  }

  /** Forgets what effects made: something that they depend on is another. */
  forgetStages(): void {
    for (const entry of this.#entries) entry.stages = [];
  }

  /** Makes room for a large scene before it is made. */
  dropLarge(): void {
    this.#entries = this.#entries.filter(({ scene }) => !isLarge(scene));
  }
}

/**
 * What tells the stages of a recipe from those of others: after each effect, all that led there. `moment` says what
 * more an effect depends on.
 */
export function stageKeys(
  { effects, loopSeconds }: Pick<Recipe, 'effects' | 'loopSeconds'>,
  moment: (effect: Effect) => string,
): readonly string[] {
  let key = `${loopSeconds}`;
  return effects.map((effect) => {
    if (effect.isOn) key += `\n${JSON.stringify(effect)}${moment(effect)}`;
    return key;
  });
}

/** The farthest stage that a recipe with these keys goes through. */
export function farthestStage(
  { stages }: Pick<SceneEntry, 'stages'>,
  keys: readonly string[],
): Stage | undefined {
  let farthest: Stage | undefined;
  for (const stage of stages) {
    if (keys[stage.count - 1] !== stage.key) continue;
    if (!farthest || stage.count > farthest.count) farthest = stage;
  }
  return farthest;
}

/**
 * The stages that are worth their memory. `stillCount` effects come before the first one that moves: nothing after them
 * is of use to the next frame of a movie.
 */
export function worthKeeping(stages: readonly Stage[], stillCount: number): readonly Stage[] {
  const still = stages.filter(({ count }) => count <= stillCount);
  const [first] = still;
  return first && isLarge(first.scene) ? still.slice(-1) : still;
}

function isLarge({ plate }: LayeredScene): boolean {
  return plate.colour.width * plate.colour.height > MANY_PIXELS;
}
