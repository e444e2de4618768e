import type { Studio } from '../engine/studio.ts';

/** Puts the phase on the page itself (`html[data-phase]`), for styles and for whoever waits from outside. */
export function markPhase({ store }: Studio): void {
  const mark = () => {
    document.documentElement.dataset['phase'] = store.get().phase;
  };
  store.subscribe(mark);
  mark();
}
