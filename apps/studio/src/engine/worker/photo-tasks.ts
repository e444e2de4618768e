import type { ModelCard, Recipe } from '@diorama/contract';
import type { ByteRaster, DioramaError, PlateFill, Size, WordRaster } from '@diorama/core';
import type { LoopShare } from '@diorama/core/scene';
import type { Prediction } from '@diorama/runtime';
import type { DeskCopy } from '../export/export-messages.ts';
import type { Understanding, WorkCutOut, WorkLayers } from '../state.ts';

/**
 * What the photo worker can be asked, by name: `[request, answer]`. The worker holds one photo and forgets it when it
 * ends; the page gets copies of what it shows.
 */
export interface PhotoTasks {
  /** Runs everything once on a picture that shows nothing, before there is a photo. */
  readonly warm: readonly [Record<string, never>, Record<string, never>];
  /** Reads the header, checks the limits and decodes the photo at the size at which it is worked on. */
  readonly open: readonly [{ readonly file: Blob }, { readonly size: Size }];
  /** The photo as it is, small, to be shown before anything is known of it. */
  readonly glimpse: readonly [{ readonly longSide: number }, { readonly photo: ImageBitmap }];
  /** The picture for a network. */
  readonly fit: readonly [{ readonly card: ModelCard }, { readonly image: ByteRaster }];
  /** Takes in what the network gave, and says what it means. */
  readonly understand: readonly [
    { readonly card: ModelCard; readonly prediction: Prediction },
    Understanding,
  ];
  /** Layers by the recipe, none larger than `longSide`. */
  readonly layers: readonly [
    { readonly recipe: Recipe; readonly longSide: number; readonly plateFill?: PlateFill },
    Omit<WorkLayers, 'isPreview'>,
  ];
  /** The part of the layers that a retouched matte changes at once, no larger than `longSide`. */
  readonly 'cut-out': readonly [
    { readonly recipe: Recipe; readonly longSide: number },
    Omit<WorkCutOut, 'isPreview'>,
  ];
  /** The cut-out's shape: opaque where the matte is a half or more, clear elsewhere. */
  readonly silhouette: readonly [{ readonly recipe: Recipe }, { readonly silhouette: ImageBitmap }];
  /** The photo with all of a recipe, at a moment of its loop, none larger than `longSide` nor than the photo. */
  readonly frame: readonly [
    {
      readonly recipe: Recipe;
      readonly longSide: number;
      readonly share: LoopShare;
      readonly want: 'picture' | 'layers';
      /** Whether layers come with `plateStill`. */
      readonly withStill?: boolean;
    },
    Frame,
  ];
  /** What files are made of, for a worker of their own. */
  readonly 'export-desk': readonly [Record<string, never>, DeskCopy];
  /** Takes in a picture that recipes may name as a background. */
  readonly picture: readonly [
    { readonly name: string; readonly file: Blob },
    { readonly size: Size },
  ];
}

/** What was asked for of a frame. Whoever asked closes its bitmaps. */
export interface Frame {
  readonly size: Size;
  readonly picture?: ImageBitmap | undefined;
  readonly layers?: FrameLayers | undefined;
}

/** From far to near. */
export interface FrameLayers {
  readonly plate: FrameLayer;
  /** Opaque: the plate with what the photo shows beside the subject, for a camera that stands where it was taken. */
  readonly plateStill?: FrameLayer | undefined;
  /** Only for a photo without subject and effects whose depth jumps: what of it stands before the rest. */
  readonly plateNear?: FrameLayer | undefined;
  readonly between?: FrameLayer | undefined;
  readonly subject: FrameLayer;
  readonly front?: FrameLayer | undefined;
}

export interface FrameLayer {
  /** Straight alpha. */
  readonly colour: ImageBitmap;
  /** 1 channel, 0..65535, 65535 is near. */
  readonly depth: WordRaster;
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
      readonly detail: DioramaError['detail'];
    };
