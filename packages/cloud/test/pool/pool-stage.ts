import { createPredictorPool, type PoolOptions } from '@diorama/cloud';
import type { Predictor } from '@diorama/runtime';
import { ManualClock } from './manual-clock.ts';
import { picture, seededChance, type Watched, watch } from './pictures.ts';
import { type ScriptedPlace, scriptedPlace } from './scripted-place.ts';

type PlaceOptions = Parameters<typeof scriptedPlace>[2];

/** A pool over scripted places, and its time. */
export interface PoolStage {
  readonly clock: ManualClock;
  readonly pool: Predictor;
  readonly places: readonly ScriptedPlace[];
  /** Sends one picture. */
  ask(terms?: Parameters<typeof picture>[0], signal?: AbortSignal): Watched<string>;
  /** Sends so many, one after the other, each when the one before is answered; gives who answered. */
  askInTurn(count: number): Promise<readonly string[]>;
}

/** `names`: one place for each, called so; chance always comes out the same. */
export function poolStage(
  names: readonly string[],
  options: PoolOptions & { readonly place?: PlaceOptions } = {},
): PoolStage {
  const clock = new ManualClock();
  const places = names.map((name) => scriptedPlace(clock, name, options.place));
  const pool = createPredictorPool(places, { clock, random: seededChance(7), ...options });
  const ask: PoolStage['ask'] = (terms, signal) =>
    watch(pool.predict(picture(terms), signal).then(({ model }) => model.provider));
  return {
    clock,
    pool,
    places,
    ask,
    async askInTurn(count) {
      const answers: string[] = [];
      for (let n = 0; n < count; n++) {
        const asked = ask();
        while (asked.value === undefined && asked.error === undefined) await clock.pass(10);
        answers.push(asked.value ?? String(asked.error));
      }
      return answers;
    },
  };
}
