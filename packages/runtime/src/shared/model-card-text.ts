import { type ModelCard, modelCardSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/**
 * Reads a model card from anything, and says in one line what is wrong with it.
 * @throws DioramaError `CONFIG_INVALID`
 */
export function parseModelCard(value: unknown, where: string): ModelCard {
  const parsed = modelCardSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const place = path.map(String).join('.');
    return place ? `${place}: ${message}` : message;
  });
  throw new DioramaError(
    'CONFIG_INVALID',
    `Model card ${where} is not valid. ${faults.join('; ')}`,
    {
      cause: parsed.error,
    },
  );
}

/**
 * The same from JSON text.
 * @throws DioramaError `CONFIG_INVALID`
 */
export function parseModelCardText(text: string, where: string): ModelCard {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DioramaError('CONFIG_INVALID', `Model card ${where} is not JSON.`, { cause: error });
  }
  return parseModelCard(value, where);
}
