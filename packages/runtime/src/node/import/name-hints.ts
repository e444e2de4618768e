import type { ModelOutputMeaning, ModelTask } from '@diorama/contract';

/** What a name suggests, and the part of it that does. */
export interface Hint<Value> {
  readonly value: Value;
  readonly word: string;
}

const TASKS: readonly (readonly [ModelTask, RegExp])[] = [
  ['depth', /depth|dispar|midas|(?<![a-z])dpt|zoe|distance|metric|met(re|er)s/],
  [
    'matte',
    /alpha|matte|matting|mask|foreground|salien|segment|(?<![a-z])(fg|pha|bg)(?![a-z])|rmbg|backgr|u2net|is-?net|birefnet|modnet|silueta/,
  ],
];

const MEANINGS: readonly (readonly [ModelOutputMeaning, RegExp])[] = [
  ['disparity', /dispar|inverse/],
  ['depth-metres', /metric|met(re|er)s|indoor|outdoor|zoe|depth[-_]?pro/],
  ['distance', /distance/],
];

/** Which task names speak of, the first that speaks of one. */
export function taskHint(...names: readonly string[]): Hint<ModelTask> | undefined {
  return hintIn(names, TASKS);
}

/** What a depth means, as far as names say so. */
export function depthHint(...names: readonly string[]): Hint<ModelOutputMeaning> | undefined {
  return hintIn(names, MEANINGS);
}

function hintIn<Value>(
  names: readonly string[],
  words: readonly (readonly [Value, RegExp])[],
): Hint<Value> | undefined {
  for (const name of names) {
    for (const [value, pattern] of words) {
      const word = pattern.exec(name.toLowerCase())?.[0];
      if (word) return { value, word };
    }
  }
  return undefined;
}
