import type { CinemagraphEffect, MotionProps } from './motion-props.ts';

/** What flows and what is held still. */
export function CinemagraphControls(_props: MotionProps<CinemagraphEffect>) {
  return null;
}
