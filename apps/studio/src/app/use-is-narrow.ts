import { useSyncExternalStore } from 'react';

/** The width below which the panel lies under the view, as the style sheets have it. */
const NARROW = '(max-width: 820px)';

/** Whether the page is as narrow as a phone's. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
