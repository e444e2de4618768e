import { createContext, use, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { type KeyBinding, KeyMap } from './key-map.ts';

const KeyContext = createContext<KeyMap>(new KeyMap());
export const KeyMapProvider = KeyContext.Provider;

/**
 * Keys of a component, for as long as it is there: `useKeys([{ keys: '[', label: 'Smaller brush', group: 'Brush', run }])`.
 * Letters are written large (`B`). They stand in the list of keys (`?`).
 */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const map = use(KeyContext);
  const latest = useRef(bindings);
  latest.current = bindings;
  const names = bindings.map(({ keys, label, group }) => `${keys}\t${label}\t${group}`).join('\n');
  // As soon as what the keys are for can be seen.
  useLayoutEffect(() => {
    const added = names.split('\n').flatMap((name): KeyBinding[] => {
      const now = () => latest.current.find((one) => name.startsWith(`${one.keys}\t`));
      const binding = now();
      // What it does may change with each rendering; what it is called makes it another one.
      return binding ? [{ ...binding, run: (event) => now()?.run(event) }] : [];
    });
    return map.add(added);
  }, [map, names]);
}

/** All keys that mean something now. */
export function useKeyList(): readonly KeyBinding[] {
  const map = use(KeyContext);
  const cached = useRef<{ readonly text: string; readonly list: readonly KeyBinding[] }>(undefined);
  return useSyncExternalStore(
    (listener) => map.subscribe(listener),
    () => {
      const list = map.list();
      const text = list.map(({ keys, label }) => keys + label).join('\n');
      if (cached.current?.text !== text) cached.current = { text, list };
      return cached.current.list;
    },
  );
}
