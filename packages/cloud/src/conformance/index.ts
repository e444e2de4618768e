export type { CheckOutcome } from './check.ts';
export {
  CONFORMANCE_CHECKS,
  type ConformanceOptions,
  runConformance,
} from './run-conformance.ts';
