import type { Point } from '@diorama/contract';
import type { ColourMapName } from '@diorama/core/scene';
import { useSyncExternalStore } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { createStore, type Store } from '../../engine/store.ts';
import type { Studio } from '../../engine/studio.ts';

/** What the photo is compared with. */
export const COMPARED_LAYERS = ['depth', 'matte', 'subject', 'plate'] as const;
export type ComparedLayer = (typeof COMPARED_LAYERS)[number];

/** How both are shown. */
export type CompareLayout = 'divided' | 'beside' | 'alone';
/** Which way they lie: by the photo's shape, left and right, one above the other. */
export type CompareDirection = 'shape' | 'across' | 'down';

/** Two views side by side. One alone is the photo's. */
export type ViewName = 'photo' | 'layer';

/** What the tool looks like now. None of it changes the photo, so none of it is in the recipe. */
export interface CompareSettings {
  readonly layer: ComparedLayer;
  readonly layout: CompareLayout;
  readonly direction: CompareDirection;
  /** Where the photo ends and the layer begins, as a share of the photo. */
  readonly divider: number;
  readonly colourMap: ColourMapName;
  readonly hasContours: boolean;
  /** Where the pointer is, and in which of two views. */
  readonly hover?: Point | undefined;
  readonly hoverIn?: ViewName | undefined;
  /** The place that was chosen to be read, by a press or by keys. */
  readonly pinned?: Point | undefined;
}

const STANDARD: CompareSettings = {
  layer: 'depth',
  layout: 'divided',
  direction: 'shape',
  divider: 0.5,
  colourMap: 'grey',
  hasContours: false,
};

const stores = new WeakMap<Studio, Store<CompareSettings>>();

/** The settings of a studio's tool: its view and its panel have the same. */
export function compareOf(studio: Studio): Store<CompareSettings> {
  const store = stores.get(studio) ?? createStore(STANDARD);
  stores.set(studio, store);
  return store;
}

/** A part of the settings, and how to change any of them. `select` gives the same value for the same settings. */
export function useCompare<Value>(
  select: (settings: CompareSettings) => Value,
): readonly [Value, Store<CompareSettings>['set']] {
  const store = compareOf(useStudio());
  return [useSyncExternalStore(store.subscribe, () => select(store.get())), store.set];
}
