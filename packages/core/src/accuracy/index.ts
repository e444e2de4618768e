export { type Figures, meanFigures } from './averages.ts';
export { boundaryRecall } from './boundary-recall.ts';
export {
  DEPTH_PAIRS,
  type DepthFigures,
  depthMeter,
  FEWEST_KNOWN_DEPTHS,
  knownDepths,
  verticalRamp,
} from './depth-meter.ts';
export { DEPTH_ORDER } from './depth-order.ts';
export { type MatteFigures, matteMeter } from './matte-meter.ts';
export { type SubjectAnswer, type SubjectShares, subjectShares } from './subject-shares.ts';
export { type DepthTruth, type MatteTruth, SUBJECT_ALPHA } from './truth.ts';
