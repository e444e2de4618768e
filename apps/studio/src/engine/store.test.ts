import { expect, it, vi } from 'vitest';
import { createStore } from './store.ts';

it('a store replaces what is named and tells each listener once, until it stops listening', () => {
  const store = createStore({ a: 1, b: 'x' });
  const before = store.get();
  const heard = vi.fn();
  const stop = store.subscribe(heard);
  store.set({ a: 2 });
  expect(store.get()).toEqual({ a: 2, b: 'x' });
  expect(before).toEqual({ a: 1, b: 'x' });
  expect(heard).toHaveBeenCalledOnce();
  stop();
  store.set({ b: 'y' });
  expect(heard).toHaveBeenCalledOnce();
});

it('a listener may stop listening while it is told', () => {
  const store = createStore({ a: 1 });
  const second = vi.fn();
  const stop = store.subscribe(() => stop());
  store.subscribe(second);
  store.set({ a: 2 });
  expect(second).toHaveBeenCalledOnce();
});
