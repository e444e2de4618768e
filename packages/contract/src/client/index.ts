export type { AnswerFacts } from './answer-facts.ts';
export type {
  CallOptions,
  ClientOptions,
  JobOptions,
  LayerOptions,
  LayersOptions,
  PhotoSource,
  PredictOptions,
  RunOptions,
  SubjectOptions,
} from './client-options.ts';
export { createDioramaClient, type DioramaClient } from './create-client.ts';
export type { JobCalls } from './job-calls.ts';
export { type PlaneMeaning, type PredictionPlane, readNpyPlane } from './npy-plane.ts';
export type { LayersResult, PhotoCalls, PictureResult, PredictionResult } from './photo-calls.ts';
export { readStoredZip } from './stored-zip.ts';
