import type { LayersDocument, Recipe } from '@diorama/contract';
import type { ByteRaster, Size, WordRaster } from '@diorama/core';
import type { StageSettings } from '../stage/stage-settings.ts';

/** Where the network runs: in this browser, or on the server that the page came from. */
export type Mode = 'device' | 'server';

/** What the person does: each is a tool with a view and a panel. */
export const TOOL_IDS = ['compare', 'subject', 'stage', 'effects', 'export'] as const;
export type ToolId = (typeof TOOL_IDS)[number];

/** How far a photo is. `preview`: small layers are on show while the others are being made. */
export type Phase = 'empty' | 'working' | 'preview' | 'ready';

/** The steps that a person is told of, in their order. */
export const STEPS = ['open', 'send', 'model', 'predict', 'preview', 'layers'] as const;
export type Step = (typeof STEPS)[number];

export interface Progress {
  readonly step: Step;
  /** What makes this step another one than usual, such as a type that the browser does not open. */
  readonly note?: string | undefined;
  /** 0..1 where it is known. */
  readonly share?: number | undefined;
}

/** What can be done about a problem: the same again, another photo, another place for the network, or a key. */
export type Remedy = 'retry' | 'pick' | 'use-server' | 'use-device' | 'key';

/** A refusal, as the person reads it. */
export interface Problem {
  readonly code: string;
  /** The kind of problem in a few words, from the one table. */
  readonly title: string;
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

/** What of the photo that is open has left this device: nothing, the network's own small picture, or the whole file. */
export type Sent =
  | { readonly what: 'picture'; readonly size: Size }
  | { readonly what: 'file'; readonly type: string };

export interface OpenPhoto {
  /** The file's own name, without its path; `photo` where there is none. */
  readonly name: string;
  readonly bytes: number;
  /** Upright, in pixels, at full size. */
  readonly size: Size;
}

/** What is known of a photo besides its pixels. */
export interface Understanding {
  readonly subjectPresent: boolean;
  /** 0..1 */
  readonly confidence: number;
  /** The depth at which a split by depth is suggested, 0 far to 1 near. */
  readonly suggestedThreshold: number;
  readonly depth: LayersDocument['depth'];
  readonly model: LayersDocument['model'];
  readonly focalLength35mm?: number | undefined;
}

/**
 * Layers at the size at which they are shown and edited, all on one grid. The bitmaps belong to the session, which
 * closes them when others take their place: draw them, do not keep them.
 */
export interface WorkLayers {
  readonly size: Size;
  readonly isPreview: boolean;
  /** Straight alpha where `isTransparent`, else opaque. */
  readonly photo: ImageBitmap;
  readonly isTransparent: boolean;
  /** Straight alpha. */
  readonly subject: ImageBitmap;
  readonly plate: ImageBitmap;
  /** The plate for a stage whose camera moves: the photo itself, but for what the subject moves away from. */
  readonly stagePlate: ImageBitmap;
  /** Straight alpha: the photo that lies over that plate while the camera stands where the photo was taken. */
  readonly stageStill: ImageBitmap;
  /** 1 channel, 0..255. */
  readonly matte: ByteRaster;
  /** 1 channel, 0..65535, 65535 is near. */
  readonly depth: WordRaster;
  readonly plateDepth: WordRaster;
}

/** The subject by the newest recipe, ahead of the layers. Its bitmap belongs to the session, as those do. */
export interface WorkCutOut {
  readonly size: Size;
  /** Small, since a slider is still moving. */
  readonly isPreview: boolean;
  /** Straight alpha. */
  readonly subject: ImageBitmap;
  /** 1 channel, 0..255. */
  readonly matte: ByteRaster;
}

/** Milliseconds from the drop, as they were measured. */
export interface Timings {
  readonly preview?: number | undefined;
  readonly layers?: number | undefined;
}

/** What runs the network now, in words for the person. */
export interface Machine {
  /** Such as `diorama-s 0.2.0`. */
  readonly model: string;
  /** Such as `WASM, 2 threads`. */
  readonly provider: string;
  /** The picture that it takes of a photo of the usual shape. */
  readonly picture: Size;
}

export interface StudioState {
  readonly mode: Mode;
  readonly tool: ToolId;
  readonly phase: Phase;
  readonly machine?: Machine | undefined;
  /** Whether the network and a worker wait for the next photo. */
  readonly isWarm: boolean;
  readonly photo?: OpenPhoto | undefined;
  readonly progress?: Progress | undefined;
  readonly problem?: Problem | undefined;
  readonly sent?: Sent | undefined;
  readonly understanding?: Understanding | undefined;
  /** The photo as it is, small, until there are layers; it belongs to the session as theirs do. */
  readonly glimpse?: ImageBitmap | undefined;
  readonly layers?: WorkLayers | undefined;
  /** Only while the layers are behind the recipe. */
  readonly cutOut?: WorkCutOut | undefined;
  readonly timings: Timings;
  readonly recipe: Recipe;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What undo and redo would do, such as `Brush`. */
  readonly undoLabel?: string | undefined;
  readonly redoLabel?: string | undefined;
  /** How the photo stands on the stage and how the camera goes; movies are made of it, too. */
  readonly stage: StageSettings;
  /** Whether layers are being made anew after a change of the recipe. */
  readonly isRemaking: boolean;
}
