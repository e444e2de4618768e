export { interleave, type Rounds, type Sample, type Samples } from './interleave.ts';
export { atLeast, atMost, judge, type Measured, type Row, type Target } from './row.ts';
export { median, quantile, relativeSpread } from './statistics.ts';
export { formatJson, formatTable } from './table.ts';
