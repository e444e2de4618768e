import type { Studio } from '../engine/studio.ts';

/**
 * Puts the phase on the page itself (`html[data-phase]`, and `data-warm` once everything is loaded), for styles and for
 * whoever waits from outside.
 */
export function markPhase({ store }: Studio): void {
  const { dataset } = document.documentElement;
  const mark = () => {
    const { phase, isWarm } = store.get();
    dataset['phase'] = phase;
    if (isWarm) dataset['warm'] = '';
  };
  store.subscribe(mark);
  mark();
}
