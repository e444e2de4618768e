import type { Size } from '@diorama/core';
import type { BrushStroke } from './brush-stroke.ts';

/** Lines over each other that stand for a soft edge. */
const SOFT_STEPS = 8;

/**
 * Draws a stroke in the context's own `strokeStyle`, as opaque in its middle as the context's alpha. One line after
 * another, each narrower, adds up to the brush's profile: a line does not darken where it crosses itself.
 */
export function drawStroke(
  context: CanvasRenderingContext2D,
  { points, radius, hardness }: BrushStroke,
  { width, height }: Size,
): void {
  const radiusPx = radius * Math.max(width, height);
  const [first, ...rest] = points;
  if (!first) return;
  const path = new Path2D();
  path.moveTo(first[0] * width, first[1] * height);
  // A dab is a line that goes nowhere, with round ends.
  if (rest.length === 0) path.lineTo(first[0] * width, first[1] * height);
  for (const [x, y] of rest) path.lineTo(x * width, y * height);
  const whole = context.globalAlpha;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  let shown = 0;
  for (let step = 1; step <= SOFT_STEPS; step++) {
    // The middle of each step of the ramp from the rim to the hard middle.
    const inwards = (step - 0.5) / SOFT_STEPS;
    const wanted = inwards * inwards * (3 - 2 * inwards) * whole;
    const isLast = step === SOFT_STEPS;
    const target = isLast ? whole : wanted;
    context.globalAlpha = Math.min(1, Math.max(0, (target - shown) / (1 - Math.min(shown, 0.999))));
    context.lineWidth = Math.max(1, 2 * radiusPx * (1 - (1 - hardness) * inwards));
    context.stroke(path);
    shown = target;
  }
  context.globalAlpha = whole;
}
