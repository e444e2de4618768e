import type { Effect } from '@diorama/contract';
import type { ReactNode } from 'react';
import type { ChangeOptions } from '../../engine/studio.ts';
import type { GestureHandlers } from '../../viewport/index.ts';

/** What the controls of an effect are given: the effect as it is, and how to change it. */
export interface EffectProps<One extends Effect = Effect> {
  readonly effect: One;
  readonly onChange: (effect: One, options: ChangeOptions) => void;
  /** The end of a gesture: the next change is another one. */
  readonly onSettle: () => void;
}

/**
 * What an effect that is being edited wants of the viewport: spread the handlers and the cursor on the `PhotoViewport`,
 * and put the overlay among its children. Empty for effects that are not drawn.
 */
export interface ViewTool extends GestureHandlers {
  readonly cursor?: string | undefined;
  readonly overlay?: ReactNode;
}
