/** A value that tells who listens when it is another one. */
export interface Store<Value> {
  readonly get: () => Value;
  /** Replaces what is named, and tells the listeners once. */
  readonly set: (change: Partial<Value>) => void;
  /** Calls back after each change, until what it returns is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A store that begins with `value`. Listeners are called in the order in which they came. */
export function createStore<Value extends object>(value: Value): Store<Value> {
  let now = value;
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    set: (change) => {
      now = { ...now, ...change };
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
