import { type Recipe, recipeSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** More than any recipe needs: strokes have bounds, and so has a file. */
const MOST_CHARACTERS = 40_000_000;

/** A recipe as the text of a file. */
export function textOfRecipe(recipe: Recipe): string {
  return `${JSON.stringify(recipe, null, 2)}\n`;
}

/**
 * The recipe of a text.
 * @throws DioramaError `REQUEST_INVALID`, whose message is one line that says where it is wrong
 */
export function recipeOfText(text: string): Recipe {
  const result = recipeSchema.safeParse(parsed(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = placeOf(issue?.path ?? []);
  const fault = (issue?.message ?? 'not understood').replaceAll('\n', ' ');
  throw new DioramaError('REQUEST_INVALID', `This is no recipe: ${place}${fault}.`);
}

function parsed(text: string): unknown {
  if (text.length > MOST_CHARACTERS) {
    throw new DioramaError('REQUEST_INVALID', 'This is no recipe: it is too long.');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DioramaError('REQUEST_INVALID', 'This is no recipe: it is not JSON.', { cause });
  }
}

/** Such as `effects, 2nd: aperture: `, counted as people do. */
function placeOf(path: readonly PropertyKey[]): string {
  const words = path.map((step) => (typeof step === 'number' ? `no. ${step + 1}` : String(step)));
  return words.length > 0 ? `${words.join(', ')}: ` : '';
}
