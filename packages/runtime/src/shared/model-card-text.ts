import {
  type CatalogueCard,
  catalogueCardSchema,
  type ModelCard,
  modelCardSchema,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { ZodType } from 'zod';

/**
 * Reads a model card from anything, and says in one line what is wrong with it.
 * @throws DioramaError `CONFIG_INVALID`
 */
export function parseModelCard(value: unknown, where: string): ModelCard {
  return parseCard(modelCardSchema, value, where);
}

/**
 * The same from JSON text.
 * @throws DioramaError `CONFIG_INVALID`
 */
export function parseModelCardText(text: string, where: string): ModelCard {
  return parseModelCard(parseJson(text, where), where);
}

/**
 * Reads the card of a model that can be fetched.
 * @throws DioramaError `CONFIG_INVALID`
 */
export function parseCatalogueCardText(text: string, where: string): CatalogueCard {
  return parseCard(catalogueCardSchema, parseJson(text, where), where);
}

function parseCard<Card>(schema: ZodType<Card>, value: unknown, where: string): Card {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const place = path.map(String).join('.');
    return place ? `${place}: ${message}` : message;
  });
  throw new DioramaError(
    'CONFIG_INVALID',
    `Model card ${where} is not valid. ${faults.join('; ')}`,
    { cause: parsed.error },
  );
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DioramaError('CONFIG_INVALID', `Model card ${where} is not JSON.`, { cause: error });
  }
}
