import { useSyncExternalStore } from 'react';
import { useStudio } from '../../../app/studio-context.ts';
import type { Studio } from '../../../engine/studio.ts';
import { CinemagraphEditor, type EditorState } from './cinemagraph-editor.ts';

const editors = new WeakMap<Studio, CinemagraphEditor>();

/** The one editor of a studio: the view draws with it, and the panel chooses its tool. */
export function useCinemagraphEditor(): CinemagraphEditor {
  const studio = useStudio();
  const known = editors.get(studio);
  if (known) return known;
  const made = new CinemagraphEditor();
  editors.set(studio, made);
  return made;
}

/** What the editor shows now; the component follows it. */
export function useEditorState({ store }: CinemagraphEditor): EditorState {
  return useSyncExternalStore(store.subscribe, store.get);
}
