import { DioramaError } from '@diorama/core';

/**
 * Ids of models, separated by commas, the preferred ones first.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function parseModels(text: string): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.every((id) => id !== '') && new Set(ids).size === ids.length) return ids;
  throw new DioramaError(
    'REQUEST_INVALID',
    `--model takes ids separated by commas, each once, and not '${text}'`,
  );
}
