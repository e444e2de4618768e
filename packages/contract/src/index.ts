export {
  ACCURACY_STAGES,
  type AccuracyReport,
  type AccuracyStage,
  accuracyReportSchema,
} from './accuracy-report.ts';
export { type CommandReport, commandReportSchema } from './command-report.ts';
export {
  LAYER_FORMATS,
  LAYER_NAMES,
  type LayerFormat,
  type LayerName,
  type LayersDocument,
  layersDocumentSchema,
  STEP_NAMES,
  type StepName,
} from './layers-document.ts';
export {
  LAYERS_ANSWER_TYPES,
  type LayerQuery,
  type LayersAnswerDocument,
  type LayersAnswerType,
  type LayersQuery,
  layerQuerySchema,
  layersAnswerSchema,
  layersQuerySchema,
  type Readiness,
  readinessSchema,
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
  exitCodeOf,
  type ProblemDocument,
  problemDocumentSchema,
  problemOf,
} from './problem-document.ts';
export { PROBLEMS, type Problem } from './problems.ts';
export {
  type AlphaDescription,
  alphaDescriptionSchema,
  type DepthDescription,
  depthDescriptionSchema,
} from './truth-description.ts';
