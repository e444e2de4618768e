import { useEffect, useState } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { useHasEffects } from './use-export.ts';

/** Enough for a large view; files are made at their own size. */
const FRAME_LONG_SIDE = 2048;

/**
 * The picture, or the subject alone, with the effects that are on; nothing where none is, or until it is made. It is
 * closed when another takes its place.
 */
export function useFrame(part: 'picture' | 'subject' | 'none'): ImageBitmap | undefined {
  const studio = useStudio();
  const recipe = useStudioState((state) => state.recipe);
  const layers = useStudioState((state) => state.layers);
  const isWanted = useHasEffects() && part !== 'none' && layers !== undefined;
  const [shown, setShown] = useState<ImageBitmap>();
  useEffect(() => {
    const { session } = studio;
    if (!isWanted || !session) return;
    const stop = new AbortController();
    let made: ImageBitmap | undefined;
    const ask = async () => {
      const request = { recipe, longSide: FRAME_LONG_SIDE, share: 0 } as const;
      if (part === 'picture') {
        const wanted = { ...request, want: 'picture' } as const;
        return (await session.worker.ask('frame', wanted, stop)).picture;
      }
      const wanted = { ...request, want: 'layers' } as const;
      const frame = (await session.worker.ask('frame', wanted, stop)).layers;
      const others = [frame?.plate, frame?.plateNear, frame?.between, frame?.front];
      for (const layer of others) layer?.colour.close();
      return frame?.subject.colour;
    };
    ask()
      .then((picture) => {
        if (stop.signal.aborted) return picture?.close();
        made = picture;
        setShown(picture);
      })
      // The photo was closed, or the effect has something to say when the file is made.
      .catch(() => undefined);
    return () => {
      stop.abort();
      setShown(undefined);
      made?.close();
    };
  }, [studio, recipe, isWanted, part]);
  return isWanted ? shown : undefined;
}
