import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useStudio, useStudioState } from '../../../app/studio-context.ts';
import {
  type MovieMaker,
  type MovieState,
  movieMakerOf,
} from '../../../engine/export/movie/movie-maker.ts';
import { isVideo, type MovieOrder } from '../../../engine/export/movie/movie-order.ts';
import { orderOf } from '../../../engine/export/movie/movie-settings.ts';
import { codecName, findVideoCodec } from '../../../engine/export/movie/video-codec.ts';

/** Of no account for what is shown in words; the movie itself takes the colour of the page. */
const ANY_GROUND = [0, 0, 0] as const;

/** What makes movies, and how far it is. */
export function useMovie(): readonly [MovieMaker, MovieState] {
  const maker = movieMakerOf(useStudio());
  return [maker, useSyncExternalStore(maker.store.subscribe, maker.store.get)];
}

/** What would be made by the settings as they are; nothing without a photo. */
export function useMovieOrder(): MovieOrder | undefined {
  const [, { settings }] = useMovie();
  const photo = useStudioState((state) => state.photo?.size);
  const recipe = useStudioState((state) => state.recipe);
  const stage = useStudioState((state) => state.stage);
  return useMemo(
    () => photo && orderOf(settings, { photo, recipe, stage, ground: ANY_GROUND }),
    [settings, photo, recipe, stage],
  );
}

/** The codec that a video would have, by its name; `none` where this browser has no encoder, nothing before it is known. */
export function useCodec(order: MovieOrder | undefined): string | undefined {
  const [found, setFound] = useState<{ readonly key: string; readonly codec: string }>();
  const { format, size, framesPerSecond, quality } = order ?? {};
  const key = JSON.stringify([format, size, framesPerSecond, quality]);
  useEffect(() => {
    if (!format || !size || !framesPerSecond || !quality || !isVideo(format)) return undefined;
    let isWanted = true;
    void findVideoCodec(format, { size, framesPerSecond, quality })
      .catch(() => undefined)
      .then((codec) => {
        if (isWanted) setFound({ key, codec: codec ? codecName(codec) : 'none' });
      });
    return () => {
      isWanted = false;
    };
  }, [key, format, size, framesPerSecond, quality]);
  return found?.key === key ? found.codec : undefined;
}
