import { useEffect } from 'react';
import type { Phase } from '../engine/state.ts';
import { useStudioState } from './studio-context.ts';

const NAME = 'Diorama';

/** Keeps the page's title at what the photo is at, for who has the page in the background or cannot see it. */
export function usePageTitle(): void {
  const title = useStudioState(({ phase, photo }) => titleOf(phase, photo?.name));
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function titleOf(phase: Phase, photo: string | undefined): string {
  if (phase === 'empty') return NAME;
  if (phase === 'ready') return `${photo} – ${NAME}`;
  return `Opening ${photo ?? 'a photo'} – ${NAME}`;
}
