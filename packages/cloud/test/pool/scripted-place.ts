import type { Place } from '@diorama/cloud';
import { DioramaError, type ErrorCode, floatRaster } from '@diorama/core';
import { findModelCard, type Prediction, type PredictRequest } from '@diorama/runtime';
import type { ManualClock } from './manual-clock.ts';

/** What a place does with a picture, or with a check. */
export type Deed =
  | { readonly answers: true; readonly afterMs: number }
  | {
      readonly fails: ErrorCode;
      readonly afterMs?: number;
      readonly detail?: Readonly<Record<string, number>>;
    }
  /** It holds what it was sent, and does not even notice that nobody waits any more. */
  | { readonly isFrozen: true };

export interface ScriptedPlace extends Place {
  /** What it does from now on. */
  does: (nth: number, request: PredictRequest) => Deed;
  checks: Deed;
  /** Pictures that it was sent, and those of them that it has now. */
  readonly asked: PredictRequest[];
  readonly held: Set<PredictRequest>;
  readonly checkCount: () => number;
  readonly isDisposed: () => boolean;
}

const card = await findModelCard('diorama-s');

/** A place of this process that behaves as a test says. */
export function scriptedPlace(
  clock: ManualClock,
  name: string,
  options: { readonly maxInFlight?: number; readonly isChecked?: boolean } = {},
): ScriptedPlace {
  const { maxInFlight = 4, isChecked = false } = options;
  const asked: PredictRequest[] = [];
  const held = new Set<PredictRequest>();
  let checked = 0;
  let isDisposed = false;
  const place: ScriptedPlace = {
    name,
    kind: 'machine',
    maxInFlight,
    asked,
    held,
    checkCount: () => checked,
    isDisposed: () => isDisposed,
    does: () => answersAfter(100),
    checks: answersAfter(1),
    predictor: {
      card,
      provider: 'cpu',
      async predict(request, signal) {
        asked.push(request);
        held.add(request);
        try {
          await act(place.does(asked.length, request), signal);
        } finally {
          held.delete(request);
        }
        return predictionOf(request, name);
      },
      async dispose() {
        isDisposed = true;
      },
    },
    ...(isChecked
      ? {
          async checkHealth(signal) {
            checked += 1;
            await act(place.checks, signal);
          },
        }
      : {}),
  };
  return place;

  async function act(deed: Deed, signal?: AbortSignal): Promise<void> {
    if ('isFrozen' in deed) return new Promise(() => undefined);
    if (deed.afterMs) await clock.wait(deed.afterMs, signal);
    if ('fails' in deed) {
      throw new DioramaError(deed.fails, `${name} failed.`, { detail: deed.detail ?? {} });
    }
  }
}

export function answersAfter(afterMs: number): Deed {
  return { answers: true, afterMs };
}

export function failsWith(fails: ErrorCode, detail: Readonly<Record<string, number>> = {}): Deed {
  return { fails, afterMs: 1, detail };
}

export const frozen: Deed = { isFrozen: true };

/** Who answered stands where the provider does. */
function predictionOf({ image }: PredictRequest, provider: string): Prediction {
  const { id, version, sha256, licence } = card;
  return {
    matte: floatRaster(image, 1),
    model: { id, version, sha256, licence: licence.spdx, provider },
    timingsMs: { queue: 0, predict: 1 },
  };
}
