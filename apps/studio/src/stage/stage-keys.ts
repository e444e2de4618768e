import type { StageTurn } from './stage-settings.ts';
import { STRAIGHT_ON } from './stage-settings.ts';
import { panBy, turnBy, zoomBy } from './stage-turn.ts';

const STEP_DEGREES = 6;
const STEP_PAN = 0.05;
const STEP_ZOOM = 1.15;

/** Where an arrow key points: right and up. */
export function arrowOf(key: string): readonly [right: number, up: number] | undefined {
  switch (key) {
    case 'ArrowLeft':
      return [-1, 0];
    case 'ArrowRight':
      return [1, 0];
    case 'ArrowUp':
      return [0, 1];
    case 'ArrowDown':
      return [0, -1];
    default:
      return undefined;
  }
}

/** What a key does to a stage that is turned around; nothing for keys that do nothing there. */
export function turnByKey(turn: StageTurn, key: string, isShifted: boolean): StageTurn | undefined {
  const arrow = arrowOf(key);
  if (arrow) {
    const [right, up] = arrow;
    if (isShifted) return panBy(turn, right * STEP_PAN, -up * STEP_PAN);
    return turnBy(turn, right * STEP_DEGREES, up * STEP_DEGREES);
  }
  if (key === '+' || key === '=') return zoomBy(turn, STEP_ZOOM);
  if (key === '-') return zoomBy(turn, 1 / STEP_ZOOM);
  return key === '0' ? STRAIGHT_ON : undefined;
}
