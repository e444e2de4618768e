import type { Effect } from '@diorama/contract';
import type { MotionProps, MotionTool } from './motion-props.ts';

/** The tool of the effect that is being edited, for the viewport around it; nothing for those that are not drawn. */
export function useMotionTool(_props: MotionProps<Effect> | undefined): MotionTool {
  return {};
}
