export {
  ACCURACY_STAGES,
  type AccuracyReport,
  type AccuracyStage,
  accuracyReportSchema,
} from './accuracy-report.ts';
export { type CommandReport, commandReportSchema } from './command-report.ts';
export {
  JOB_ID_PATTERN,
  JOB_STATES,
  type JobDocument,
  type JobState,
  jobDocumentSchema,
  WEBHOOK_TYPES,
  type WebhookDocument,
  webhookDocumentSchema,
} from './job-document.ts';
export {
  LAYER_FORMATS,
  LAYER_NAMES,
  type LayerFormat,
  type LayerName,
  MAX_MARGIN_PX,
  MAX_SIZE_PX,
  PREVIEW_PIXELS,
  SPLITS,
  type Split,
  STEP_NAMES,
  type StepName,
} from './layer-terms.ts';
export { type LayersDocument, layersDocumentSchema } from './layers-document.ts';
export {
  type Colour,
  type CropMargin,
  colourSchema,
  deadlineMsSchema,
  type JobQuery,
  jobQuerySchema,
  LAYERS_ANSWER_TYPES,
  type LayerQuery,
  type LayersAnswerDocument,
  type LayersAnswerType,
  type LayersQuery,
  layerQuerySchema,
  layersAnswerSchema,
  layersQuerySchema,
  MAX_DEADLINE_MS,
  type PredictQuery,
  predictQuerySchema,
  type Readiness,
  readinessSchema,
  type SizeLimit,
  type SubjectQuery,
  subjectQuerySchema,
} from './layers-request.ts';
export {
  type CatalogueCard,
  type CatalogueSource,
  catalogueCardSchema,
  type ModelCard,
  type ModelLicence,
  type ModelOutputMeaning,
  type ModelTask,
  modelCardSchema,
  needsAcceptance,
} from './model-card.ts';
export {
  type ModelList,
  modelListSchema,
  type ServedModel,
  servedModelSchema,
} from './model-list.ts';
export {
  ARRAY_TYPE,
  PREDICTION_ANSWER_TYPES,
  type PredictionAnswerType,
  type PredictionDocument,
  predictionDocumentSchema,
} from './prediction-document.ts';
export {
  BATCH_KEY_FIELD,
  type BatchAnswerLine,
  type BatchRequestLine,
  batchAnswerLineSchema,
  batchKeySchema,
  batchRequestLineSchema,
} from './predictor/batch-lines.ts';
export {
  type PictureType,
  type PredictParameters,
  predictParametersSchema,
  readPictureType,
  writePictureType,
} from './predictor/parameters.ts';
export {
  DEDICATED_ENDPOINT_BYTES,
  describeInstanceSchema,
  fileInstanceSchema,
  type Instance,
  type InstancePrediction,
  imageInstanceSchema,
  instanceSchema,
  type PredictBody,
  type PredictorDescription,
  predictAnswerSchema,
  predictBodySchema,
  predictionErrorSchema,
  predictionSchema,
  predictorDescriptionSchema,
  SEALED_TYPE,
  type SealPublicKey,
  SHARED_ENDPOINT_BYTES,
  sealedInstanceSchema,
  sealPublicKeySchema,
} from './predictor/predict-body.ts';
export {
  MAX_SEAL_KEYS,
  type SealKeyPair,
  type SealKeysAnswer,
  sealKeyPairSchema,
  sealKeyPairsSchema,
  sealKeysAnswerSchema,
  sealPublicKeysSchema,
} from './predictor/seal-keys.ts';
export {
  exitCodeOf,
  type ProblemDocument,
  problemDocumentSchema,
  problemOf,
} from './problem-document.ts';
export { PROBLEMS, type Problem } from './problems.ts';
export { PROGRESS_STEPS, type Progress, type ProgressStep, progressSchema } from './progress.ts';
export {
  type Effect,
  type EffectOf,
  type EffectType,
  effectSchema,
} from './recipe/effects.ts';
export { MAX_EFFECTS, type Recipe, type RecipeText, recipeSchema } from './recipe/recipe.ts';
export { hexColourSchema, type Point } from './recipe/shares.ts';
export {
  type DepthStroke,
  depthStrokeSchema,
  MAX_STROKE_POINTS,
  MAX_STROKES,
  type MatteStroke,
  matteStrokeSchema,
} from './recipe/strokes.ts';
export {
  type AlphaDescription,
  alphaDescriptionSchema,
  type DepthDescription,
  depthDescriptionSchema,
} from './truth-description.ts';
export { npyOfRaster } from './write-npy.ts';
