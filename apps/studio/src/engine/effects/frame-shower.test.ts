import { DioramaError } from '@diorama/core';
import { afterEach, expect, it, vi } from 'vitest';
import { createStore } from '../store.ts';
import { emptyRecipe, type Studio } from '../studio.ts';
import type { EffectsTool } from './effects-tool.ts';
import { FrameShower } from './frame-shower.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A worker that never answers, but is cancelled with its photo. */
function openSession() {
  const stop = new AbortController();
  const asked: unknown[] = [];
  const ask = (_name: string, request: unknown) => {
    asked.push(request);
    return new Promise((_resolve, reject) => {
      stop.signal.addEventListener('abort', () => reject(new DioramaError('CANCELLED', 'Over.')));
    });
  };
  return { asked, stop, session: { signal: stop.signal, worker: { ask } } };
}

it('asks nothing of another photo before that has layers, and goes on when it has', async () => {
  vi.useFakeTimers();
  const [first, second] = [openSession(), openSession()];
  const store = createStore<object>({ recipe: emptyRecipe(), layers: {} });
  const studio = { store, session: first.session };
  const said: unknown[] = [];
  const tool = { store: createStore<object>({}), say: (error: unknown) => said.push(error) };
  const shower = new FrameShower(
    // Of both only what a shower uses.
    studio as unknown as Studio,
    tool as unknown as EffectsTool,
    { show: () => undefined },
  );
  expect(first.asked).toHaveLength(1);
  first.stop.abort();
  studio.session = second.session;
  store.set({ layers: undefined });
  await vi.runAllTimersAsync();
  expect(second.asked).toHaveLength(0);
  store.set({ layers: {} });
  await vi.runAllTimersAsync();
  expect(second.asked).toHaveLength(1);
  expect(said).toEqual([]);
  shower.dispose();
});
