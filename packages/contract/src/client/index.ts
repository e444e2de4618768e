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
export type { PredictionPlane } from './npy-plane.ts';
export type { LayersResult, PhotoCalls, PictureResult, PredictionResult } from './photo-calls.ts';
