import type { StepName } from '@diorama/contract';
import { type ErrorCode, isDioramaError } from '@diorama/core';
import type { MeasuredWork, Receipt } from '../cost.ts';
import type { Notes } from '../plugins/exchange.ts';
import type { PhotoDesk } from './photo-desk.ts';

/** A photo that was answered, or was not. */
export type PhotoOutcome =
  | {
      /** The pattern of the route that it came by. */
      readonly route: string;
      readonly stepsMs: Readonly<Partial<Record<StepName, number>>>;
      readonly receipt: Receipt;
    }
  | { readonly route: string; readonly code: ErrorCode };

export interface ObservedDeskOptions {
  /** What a photo cost that was answered. */
  readonly receiptOf: (work: MeasuredWork) => Receipt;
  /** Told of each photo once, whether a request waits for it or a job. */
  readonly onOutcome: (outcome: PhotoOutcome) => void;
}

/** A desk that tells of what becomes of its photos, and notes of each when it was made and what it cost. */
export function observeDesk(desk: PhotoDesk, options: ObservedDeskOptions): PhotoDesk {
  const { receiptOf, onOutcome } = options;

  async function observed<T extends { readonly document: MeasuredWork }>(
    notes: Notes,
    working: Promise<T>,
  ): Promise<T> {
    const { route = 'unknown' } = notes;
    try {
      const answer = await working;
      notes.madeAtMs = performance.now();
      notes.receipt = receiptOf(answer.document);
      onOutcome({ route, stepsMs: answer.document.timingsMs, receipt: notes.receipt });
      return answer;
    } catch (error) {
      onOutcome({ route, code: isDioramaError(error) ? error.code : 'INTERNAL' });
      throw error;
    }
  }

  return {
    ...desk,
    admit: (arrival) => {
      const ticket = desk.admit(arrival);
      return {
        ...ticket,
        layers: (work) => observed(work.notes, ticket.layers(work)),
        predict: (work) => observed(work.notes, ticket.predict(work)),
      };
    },
  };
}
