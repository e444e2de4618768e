export type { ModelIdentity, Prediction, Predictor, PredictRequest } from './predictor.ts';
