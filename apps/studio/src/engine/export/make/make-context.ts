import type { PhotoDesk } from '../../worker/photo-desk.ts';
import type { ExportOrder, ExportStep } from '../export-order.ts';

/** What every maker of a file is given besides what it writes. */
export interface MakeContext {
  readonly desk: PhotoDesk;
  readonly order: ExportOrder;
  /** Looked at between steps. */
  readonly signal: AbortSignal;
  /** The step that begins. */
  readonly onStep: (step: ExportStep) => void;
  /** How far the step is, 0..1. */
  readonly onProgress: (share: number) => void;
}
