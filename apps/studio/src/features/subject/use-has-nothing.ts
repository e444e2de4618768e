import { useStudioState } from '../../app/studio-context.ts';

/** Whether nothing is cut out, since no subject was found and nobody painted one. */
export function useHasNothing(): boolean {
  return useStudioState(
    ({ understanding, recipe }) =>
      understanding?.subjectPresent === false &&
      recipe.matte.split === 'subject' &&
      recipe.matte.strokes.length === 0,
  );
}
