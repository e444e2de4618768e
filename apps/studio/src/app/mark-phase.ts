import type { Studio } from '../engine/studio.ts';

/**
 * Puts the phase on the page itself (`html[data-phase]`, and `data-warm` while everything waits for the next photo), for styles and for
 * whoever waits from outside.
 */
export function markPhase({ store }: Studio): void {
  const { dataset } = document.documentElement;
  const mark = () => {
    const { phase, isWarm } = store.get();
    dataset['phase'] = phase;
    if (isWarm) dataset['warm'] = '';
    else delete dataset['warm'];
  };
  store.subscribe(mark);
  mark();
}
