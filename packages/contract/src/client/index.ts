export type { AnswerFacts } from './answer-facts.ts';
export { beginCall, type Call, errorOfCall } from './call.ts';
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
export { type PredictionContent, readPredictionArchive } from './prediction-archive.ts';
export { parseDocument, readBytes, readDocument } from './read-body.ts';
export { errorOfProblem } from './refusal.ts';
export { createSender, type Send } from './sender.ts';
export { readStoredZip } from './stored-zip.ts';
