import type { Effect } from '@diorama/contract';
import { useSyncExternalStore } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { findEffect } from '../../engine/effects/effect-list.ts';
import {
  type EffectsTool,
  type EffectsToolState,
  effectsToolOf,
} from '../../engine/effects/effects-tool.ts';

/** The tool of the studio around this component. */
export function useEffectsTool(): EffectsTool {
  return effectsToolOf(useStudio());
}

/** A part of the tool's state; `select` gives the same value for the same state. */
export function useToolState<Part>(select: (state: EffectsToolState) => Part): Part {
  const { store } = useEffectsTool();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** The effect whose settings are open. */
export function useChosenEffect(): { readonly id: number; readonly effect: Effect } | undefined {
  const chosen = useToolState((state) => state.chosen);
  const recipe = useStudioState((state) => state.recipe);
  const effect = findEffect(recipe, chosen);
  return effect && chosen !== undefined ? { id: chosen, effect } : undefined;
}
