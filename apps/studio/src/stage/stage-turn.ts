import type { StageTurn } from './stage-settings.ts';

const MOST_ELEVATION = 85;
const ZOOM = { least: 0.25, most: 6 } as const;
const MOST_PAN = 1.5;

/** Turned further, in degrees to the right and up. */
export function turnBy(turn: StageTurn, right: number, up: number): StageTurn {
  const around = turn.azimuthDegrees + right;
  return {
    ...turn,
    // Never far from 0, so that a slider and a way back to the front stay short.
    azimuthDegrees: around - 360 * Math.round(around / 360),
    elevationDegrees: clamp(turn.elevationDegrees + up, -MOST_ELEVATION, MOST_ELEVATION),
  };
}

export function zoomBy(turn: StageTurn, factor: number): StageTurn {
  return { ...turn, zoom: clamp(turn.zoom * factor, ZOOM.least, ZOOM.most) };
}

/** Moved, in shares of the view's width and height. */
export function panBy(turn: StageTurn, right: number, down: number): StageTurn {
  return {
    ...turn,
    panX: clamp(turn.panX + right, -MOST_PAN, MOST_PAN),
    panY: clamp(turn.panY + down, -MOST_PAN, MOST_PAN),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
