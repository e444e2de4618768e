import { createPredictorPool, type Place } from '@diorama/cloud';
import { DioramaError, type ErrorCode } from '@diorama/core';
import type { SealedPassage } from '@diorama/runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { scriptedPlace } from './scripted-place.ts';

const MESSAGE = new Uint8Array([1, 2, 3]);
const KEY = { id: 'a', publicKey: 'x'.repeat(87) };

/** What a place does with a sealed picture: it answers with its own name, refuses, or stays silent. */
type Deed = 'answers' | 'stays silent' | ErrorCode;

function sealedPlace(name: string, deed: Deed) {
  let asked = 0;
  const act = async (signal: AbortSignal | undefined): Promise<void> => {
    if (deed === 'answers') return;
    if (deed !== 'stays silent') throw new DioramaError(deed, 'It does not.');
    await new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  };
  const sealed: SealedPassage = {
    predict: async (_message, _terms, signal) => {
      asked++;
      await act(signal);
      return new TextEncoder().encode(name);
    },
    keys: async (signal) => {
      await act(signal);
      return [KEY];
    },
  };
  const plain = scriptedPlace(new ManualClock(), name);
  const place: Place = { ...plain, predictor: { ...plain.predictor, sealed } };
  return { place, asked: () => asked };
}

function poolOf(...places: readonly Place[]): SealedPassage | undefined {
  const pool = createPredictorPool(places, { tryStartMs: 50, tryLeastMs: 50 });
  onTestFinished(() => pool.dispose());
  return pool.sealed;
}

const textOf = (bytes?: Uint8Array) => new TextDecoder().decode(bytes);

describe('a sealed picture in a pool', () => {
  it.each(['PREDICTOR_UNAVAILABLE', 'QUEUE_FULL', 'SEAL_KEY_UNKNOWN', 'stays silent'] as const)(
    'goes on to the next place when one %s',
    async (deed) => {
      const [first, second] = [sealedPlace('first', deed), sealedPlace('second', 'answers')];
      const passage = poolOf(first.place, second.place);
      expect(textOf(await passage?.predict(MESSAGE, {}))).toBe('second');
      expect([first.asked(), second.asked()]).toEqual([1, 1]);
      expect(await passage?.keys()).toEqual([KEY]);
    },
  );

  it.each(['SEAL_REPLAYED', 'SEAL_INVALID', 'SEAL_STALE'] as const)(
    'that is refused with %s is not shown to others',
    async (code) => {
      const [first, second] = [sealedPlace('first', code), sealedPlace('second', 'answers')];
      const passage = poolOf(first.place, second.place);
      await expect(passage?.predict(MESSAGE, {})).rejects.toMatchObject({ code });
      expect(second.asked()).toBe(0);
    },
  );

  it('gets the last refusal where nobody answers, and ends with its caller', async () => {
    const [busy, away] = [sealedPlace('a', 'QUEUE_FULL'), sealedPlace('b', 'PREDICTOR_STARTING')];
    const refused = poolOf(busy.place, away.place)?.predict(MESSAGE, {});
    await expect(refused).rejects.toMatchObject({ code: 'PREDICTOR_STARTING' });

    const controller = new AbortController();
    const silent = sealedPlace('silent', 'stays silent');
    const left = poolOf(silent.place)?.predict(MESSAGE, {}, controller.signal);
    controller.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('has no way through places that open nothing', () => {
    expect(poolOf(scriptedPlace(new ManualClock(), 'plain'))).toBeUndefined();
  });
});
