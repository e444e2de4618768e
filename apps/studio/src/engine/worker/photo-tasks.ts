import type { ModelCard, Recipe } from '@diorama/contract';
import type { ByteRaster, Size } from '@diorama/core';
import type { Prediction } from '@diorama/runtime';
import type { Understanding, WorkLayers } from '../state.ts';

/**
 * What the photo worker can be asked, by name: `[request, answer]`. The worker holds one photo and forgets it when it
 * ends; the page gets copies of what it shows.
 */
export interface PhotoTasks {
  /** Reads the header, checks the limits and decodes the photo at the size at which it is worked on. */
  readonly open: readonly [{ readonly file: Blob }, { readonly size: Size }];
  /** The picture for a network. */
  readonly fit: readonly [{ readonly card: ModelCard }, { readonly image: ByteRaster }];
  /** Takes in what the network gave, and says what it means. */
  readonly understand: readonly [
    { readonly card: ModelCard; readonly prediction: Prediction },
    Understanding,
  ];
  /** Layers by the recipe, none larger than `longSide`. */
  readonly layers: readonly [
    { readonly recipe: Recipe; readonly longSide: number },
    Omit<WorkLayers, 'isPreview'>,
  ];
}

export type PhotoTaskName = keyof PhotoTasks;
export type RequestOf<Name extends PhotoTaskName> = PhotoTasks[Name][0];
export type AnswerOf<Name extends PhotoTaskName> = PhotoTasks[Name][1];

/** From the page. */
export type ToWorker =
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly name: PhotoTaskName;
      readonly request: unknown;
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** To the page. */
export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | {
      readonly kind: 'refusal';
      readonly id: number;
      readonly code: string;
      readonly message: string;
    };
