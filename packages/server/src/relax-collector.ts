import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow, in percent of what was alive, before all of it is looked through again. */
const GROWTH_PERCENT = 500;

/**
 * Lets the main thread's memory grow to a hundred megabytes or so between full collections. Its own objects are 20 MB, and V8
 * counts the photos that pass through as if they were more of them: it would look through all objects at every fourth
 * prediction, which took more processor time than answering it. Workers keep V8's own rule.
 */
export function relaxCollector(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
