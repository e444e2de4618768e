/** Of what is in sight, for one press of an arrow; with the shift key it is five times as far. */
const STEP = 0.02;
const FAR = 5;

/**
 * Where a key moves the divider: a share of what is in sight, 0..1. Arrows move it the way they point. Nothing for other
 * keys.
 */
export function dividerByKey(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  share: number,
  isDown: boolean,
): number | undefined {
  const step = STEP * (shiftKey ? FAR : 1);
  const held = (to: number) => Math.min(1, Math.max(0, to));
  if (key === 'Home') return 0;
  if (key === 'End') return 1;
  if (key === (isDown ? 'ArrowUp' : 'ArrowLeft')) return held(share - step);
  if (key === (isDown ? 'ArrowDown' : 'ArrowRight')) return held(share + step);
  return undefined;
}
