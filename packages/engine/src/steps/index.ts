/** The steps of the way that need no file and no Node: what a page takes, which decodes and encodes by itself. */
export { resolveLayersOptions } from '../layers-options.ts';
export { RasterArena } from '../raster-arena.ts';
export type { ModelInput } from './fit.ts';
export { onWhite } from './on-white.ts';
export { type Ask, type CleanPrediction, predict, SUBJECT_THRESHOLD } from './predict.ts';
export { type RefinedLayer, type RefineInput, refine, refineMatte } from './refine.ts';
export { splitPrediction } from './split.ts';
