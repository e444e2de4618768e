import type { Brush } from './brush.ts';

/** What of a key event a brush looks at. */
export interface BrushKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

const STEPS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Paints by keys: arrows move the brush (Shift: farther), space presses it down until it is let go, Escape forgets the
 * stroke. Tells whether the key was one.
 */
export function pressBrushKey(brush: Brush, event: BrushKey): boolean {
  if (event.ctrlKey || event.metaKey) return false;
  const step = STEPS[event.key];
  if (step) {
    brush.hand = 'keys';
    brush.step(step[0], step[1], event.shiftKey);
    return true;
  }
  if (event.key === ' ') {
    brush.hand = 'keys';
    if (!event.repeat && !brush.isDrawing) brush.begin(brush.position, event.altKey);
    return true;
  }
  if (event.key === 'Escape' && brush.isDrawing) {
    brush.cancel();
    return true;
  }
  return false;
}

/** Lets a key go. Tells whether it was one. */
export function releaseBrushKey(brush: Brush, { key }: Pick<BrushKey, 'key'>): boolean {
  if (key !== ' ' || brush.hand !== 'keys') return false;
  brush.end();
  return true;
}
