import type { PhotoDesk } from './photo-desk.ts';
import type { AnswerOf, PhotoTaskName, RequestOf } from './photo-tasks.ts';
import { cutOutTask } from './tasks/cut-out.ts';
import { exportDeskTask } from './tasks/export-desk.ts';
import { fitTask } from './tasks/fit.ts';
import { frameTask } from './tasks/frame.ts';
import { glimpseTask } from './tasks/glimpse.ts';
import { layersTask } from './tasks/layers.ts';
import { openTask } from './tasks/open.ts';
import { pictureTask } from './tasks/picture.ts';
import { silhouetteTask } from './tasks/silhouette.ts';
import { understandTask } from './tasks/understand.ts';
import { warmTask } from './tasks/warm.ts';

/** What a task is given besides its request. */
export interface TaskContext {
  readonly desk: PhotoDesk;
  /** Tasks look at it between their steps, and throw its reason. */
  readonly signal: AbortSignal;
  /** What of the answer moves to the page instead of being copied; tasks add to it. */
  readonly transfer: Transferable[];
  readonly onProgress: (share: number) => void;
}

type TaskTable = {
  readonly [Name in PhotoTaskName]: (
    request: RequestOf<Name>,
    context: TaskContext,
  ) => AnswerOf<Name> | Promise<AnswerOf<Name>>;
};

/** Everything that the photo worker does. */
export const PHOTO_TASKS: TaskTable = {
  warm: warmTask,
  open: openTask,
  glimpse: glimpseTask,
  fit: fitTask,
  understand: understandTask,
  layers: layersTask,
  'cut-out': cutOutTask,
  silhouette: silhouetteTask,
  frame: frameTask,
  picture: pictureTask,
  'export-desk': exportDeskTask,
};
