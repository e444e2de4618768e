import { useMemo, useSyncExternalStore } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import type { ExportChoice } from '../../engine/export/export-order.ts';
import {
  choiceOf,
  type ExportSettings,
  STANDARD_EXPORT,
} from '../../engine/export/export-settings.ts';
import { type Exporter, type ExportState, exporterOf } from '../../engine/export/exporter.ts';
import { createStore, type Store } from '../../engine/store.ts';
import type { Studio } from '../../engine/studio.ts';

const stores = new WeakMap<Studio, Store<ExportSettings>>();

function settingsOf(studio: Studio): Store<ExportSettings> {
  const store = stores.get(studio) ?? createStore(STANDARD_EXPORT);
  stores.set(studio, store);
  return store;
}

/** The settings of the studio's export, and how to change any of them: view and panel have the same. */
export function useExportSettings(): readonly [ExportSettings, Store<ExportSettings>['set']] {
  const studio = useStudio();
  const store = settingsOf(studio);
  const settings = useSyncExternalStore(store.subscribe, store.get);
  // What became of the last file is no news of the next one.
  const change = (part: Partial<ExportSettings>) => {
    exporterOf(studio).clear();
    store.set(part);
  };
  return [settings, change];
}

/** What is chosen now; nothing while it is a movie. */
export function useChoice(): ExportChoice | undefined {
  const [settings] = useExportSettings();
  return useMemo(() => choiceOf(settings), [settings]);
}

/** What makes the files, and how far it is. */
export function useExporter(): readonly [Exporter, ExportState] {
  const exporter = exporterOf(useStudio());
  return [exporter, useSyncExternalStore(exporter.store.subscribe, exporter.store.get)];
}

/** Whether an effect changes what is seen. */
export function useHasEffects(): boolean {
  return useStudioState(({ recipe }) => recipe.effects.some(({ isOn }) => isOn));
}
