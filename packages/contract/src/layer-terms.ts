// The words and bounds of a request for layers, without schemas: a photo worker starts in half the time without those.

/** The four pictures, in the order in which one needs the other. */
export const LAYER_NAMES = ['matte', 'depth', 'subject', 'plate'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

export const LAYER_FORMATS = ['png', 'jpeg', 'webp', 'avif', 'tiff'] as const;
export type LayerFormat = (typeof LAYER_FORMATS)[number];

/** What the steps are called in timings, logs and Server-Timing. */
export const STEP_NAMES = ['decode', 'queue', 'predict', 'refine', 'encode'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** The longest side that a caller may ask for, in pixels. A photo is never enlarged to it. */
export const MAX_SIZE_PX = 65_535;
/** What `size=preview` stands for: so many pixels in all, whatever the photo's shape. */
export const PREVIEW_PIXELS = 250_000;
/** The widest margin around a cropped subject, in pixels. */
export const MAX_MARGIN_PX = 10_000;

/** How the matte comes about: the model's subject, what is nearer than a depth, or the one where there is no other. */
export const SPLITS = ['subject', 'depth', 'auto'] as const;
export type Split = (typeof SPLITS)[number];
