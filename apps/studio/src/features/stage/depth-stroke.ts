import type { DepthStroke } from '@diorama/contract';
import type { BrushStroke } from '../../brush/index.ts';
import type { DepthBrushSettings } from '../../stage/stage-settings.ts';

/** A stroke for the recipe; an inverted one (begun with Alt) goes the other way. */
export function strokeOf(
  { tool, strength, depth }: DepthBrushSettings,
  { radius, hardness, points }: BrushStroke,
  isInverted: boolean,
): DepthStroke {
  const done = isInverted ? INVERTED[tool] : tool;
  return {
    tool: done,
    strength,
    radius,
    hardness,
    points,
    ...(done === 'set' ? { depth } : {}),
  };
}

const INVERTED = { nearer: 'farther', farther: 'nearer', set: 'set', smooth: 'smooth' } as const;
