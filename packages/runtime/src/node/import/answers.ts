import type { ModelCard, ModelOutputMeaning, ModelTask } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { type Normalisation, readNormalisation } from './normalisation.ts';

/** What meanings of one plane each task can have. */
export const MEANINGS = {
  depth: ['disparity', 'distance', 'depth-metres'],
  matte: ['alpha', 'alpha-logits'],
} as const satisfies Record<ModelTask, readonly ModelOutputMeaning[]>;

export type PlaneMeaning = (typeof MEANINGS)[ModelTask][number];

/** What a person says of a model that its file does not. */
export interface ImportAnswers {
  readonly id?: string;
  /** The default is the file's name. */
  readonly title?: string;
  readonly output?: string;
  readonly task?: ModelTask;
  readonly meaning?: PlaneMeaning;
  readonly normalise?: Normalisation;
  /** The default is `rgb`. */
  readonly order?: ModelCard['input']['channelOrder'];
  /** Of the pictures that a network of open size is given. Pixels. */
  readonly longSide?: number;
  /** Its SPDX name, or `unknown`, which counts as one that bars commercial use. */
  readonly licence?: string;
  readonly commercialUse?: boolean;
}

export type ImportKey = keyof ImportAnswers;

const MOST_SIDE_PX = 8192;

const READERS: { readonly [Key in ImportKey]-?: (text: string) => ImportAnswers[Key] } = {
  id: (text) => matching(text, /^[a-z0-9][a-z0-9.-]*$/, 'An id has a-z, 0-9, dots and dashes'),
  title: (text) => matching(text, /\S/, 'A title has some letters'),
  output: (text) => matching(text, /\S/, "An output goes by the network's name for it"),
  task: (text) => oneOf(text, ['depth', 'matte'] as const, 'The task'),
  meaning: (text) => oneOf(text, [...MEANINGS.depth, ...MEANINGS.matte], 'The meaning'),
  normalise: readNormalisation,
  order: (text) => oneOf(text, ['rgb', 'bgr'] as const, 'The order of channels'),
  longSide: (text) => {
    const side = /^\d+$/.test(text) ? Number(text) : 0;
    if (side >= 1 && side <= MOST_SIDE_PX) return side;
    throw invalid(`The long side is a whole number of pixels up to ${MOST_SIDE_PX}`, text);
  },
  licence: (text) => {
    if (/^unknown$/i.test(text)) return 'unknown';
    const rule = 'A licence goes by its SPDX name, such as MIT or CC-BY-NC-4.0, or unknown';
    return matching(text, /^[A-Za-z0-9(][\w.+() -]{1,99}$/, rule);
  },
  commercialUse: (text) => oneOf(text.toLowerCase(), ['yes', 'no'], 'Commercial use') === 'yes',
};

/**
 * Reads one answer as a person types it.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function readImportAnswer<Key extends ImportKey>(
  key: Key,
  text: string,
): Pick<ImportAnswers, Key> {
  // TypeScript does not see that the one key of the object is that of its value.
  return { [key]: READERS[key](text.trim()) } as Pick<ImportAnswers, Key>;
}

function matching(text: string, pattern: RegExp, rule: string): string {
  if (pattern.test(text) && !/\p{Cc}/u.test(text)) return text;
  throw invalid(rule, text);
}

function oneOf<Value extends string>(text: string, values: readonly Value[], what: string): Value {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw invalid(`${what} is one of ${values.join(', ')}`, text);
}

function invalid(rule: string, text: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', `${rule}, not '${text}'`);
}
