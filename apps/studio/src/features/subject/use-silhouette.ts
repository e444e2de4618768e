import { useEffect, useState } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';

/** The shape of the cut-out by the newest recipe, while it is wanted; it comes a moment after the cut-out. */
export function useSilhouette(isWanted: boolean): ImageBitmap | undefined {
  const studio = useStudio();
  const matte = useStudioState(({ recipe }) => recipe.matte);
  const isReady = useStudioState(({ phase }) => phase === 'ready');
  const [silhouette, setSilhouette] = useState<ImageBitmap>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another matte has another shape
  useEffect(() => {
    const { session } = studio;
    if (!isWanted || !isReady || !session) {
      setSilhouette(undefined);
      return;
    }
    const stop = new AbortController();
    const { recipe } = studio.store.get();
    session.worker.ask('silhouette', { recipe }, { signal: stop.signal }).then(
      (made) => setSilhouette(made.silhouette),
      (error: unknown) => studio.showProblem(error), // cancelling is none
    );
    return () => stop.abort();
  }, [studio, matte, isWanted, isReady]);
  useEffect(() => () => silhouette?.close(), [silhouette]);
  return silhouette;
}
