import type { Effect } from '@diorama/contract';
import type { ChangeOptions } from '../../engine/studio.ts';

/** What the controls of an effect are given: the effect as it is, and how to change it. */
export interface EffectProps<One extends Effect = Effect> {
  readonly effect: One;
  readonly onChange: (effect: One, options: ChangeOptions) => void;
  /** The end of a gesture: the next change is another one. */
  readonly onSettle: () => void;
}
