import { useSyncExternalStore } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { createStore, type Store } from '../../engine/store.ts';
import type { Studio } from '../../engine/studio.ts';

/** What a pointer does: moves the photo, or paints. */
export const SUBJECT_TOOLS = ['hand', 'add', 'remove', 'hair'] as const;
export type SubjectTool = (typeof SUBJECT_TOOLS)[number];

/** What the cut-out is shown on. Only for looking: nothing of it is in the recipe. */
export const GROUNDS = ['checker', 'photo', 'white', 'black', 'colour', 'blur', 'picture'] as const;
export type Ground = (typeof GROUNDS)[number];

/** What the tool looks like now. None of it changes the photo, so none of it is in the recipe. */
export interface SubjectSettings {
  readonly tool: SubjectTool;
  /** Of the brush, as a share of the photo's longer side. */
  readonly radius: number;
  readonly hardness: number;
  /** The tool's own choice if absent. */
  readonly ground?: Ground | undefined;
  /** `#rrggbb` */
  readonly colour: string;
  /** A picture of the person's own. It belongs to this store. */
  readonly picture?: ImageBitmap | undefined;
  readonly hasOutline: boolean;
}

export const STANDARD_SETTINGS: SubjectSettings = {
  tool: 'hand',
  radius: 0.03,
  hardness: 0.5,
  colour: '#2f6fde',
  hasOutline: false,
};

/**
 * What is behind the cut-out now: whoever paints, or has nothing yet, needs to see what
 * there is to be added.
 */
export function groundOf(
  { ground, tool }: Pick<SubjectSettings, 'ground' | 'tool'>,
  hasNothing: boolean,
): Ground {
  return ground ?? (tool === 'hand' && !hasNothing ? 'checker' : 'photo');
}

const stores = new WeakMap<Studio, Store<SubjectSettings>>();

/** The settings of a studio's tool: its view and its panel have the same. */
export function subjectOf(studio: Studio): Store<SubjectSettings> {
  const store = stores.get(studio) ?? createStore(STANDARD_SETTINGS);
  stores.set(studio, store);
  return store;
}

/** The settings, and how to change any of them. */
export function useSubject(): readonly [SubjectSettings, Store<SubjectSettings>['set']] {
  const store = subjectOf(useStudio());
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}
