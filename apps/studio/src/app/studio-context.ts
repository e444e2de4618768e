import { createContext, use, useSyncExternalStore } from 'react';
import type { StudioState } from '../engine/state.ts';
import type { Studio } from '../engine/studio.ts';

const StudioContext = createContext<Studio | undefined>(undefined);
export const StudioProvider = StudioContext.Provider;

/** The studio of the page, to be told what to do. */
export function useStudio(): Studio {
  const studio = use(StudioContext);
  if (!studio) throw new Error('No studio around this component.');
  return studio;
}

/** A part of the studio's state; the component follows it. `select` gives the same value for the same state. */
export function useStudioState<Part>(select: (state: StudioState) => Part): Part {
  const { store } = useStudio();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
