import { useEffect, useMemo } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import type { GestureHandlers } from '../../viewport/index.ts';
import { compareOf, useCompare, type ViewName } from './compare-store.ts';
import { PhotoReader, type Reading } from './photo-reader.ts';

/** What is under the pointer, else what is at the place that was chosen; nothing outside of the photo. */
export function useReading(): Reading | undefined {
  const [hover] = useCompare((settings) => settings.hover);
  const [pinned] = useCompare((settings) => settings.pinned);
  return useReadingAt(hover ?? pinned);
}

/** What is at a place. */
export function useReadingAt(point: readonly [number, number] | undefined): Reading | undefined {
  const layers = useStudioState((state) => state.layers);
  const photo = useStudioState((state) => state.photo);
  const reader = useMemo(() => new PhotoReader(), []);
  const [x, y] = point ?? [];
  return useMemo(() => {
    if (!layers || x === undefined || y === undefined) return undefined;
    return reader.read(layers, [x, y], photo?.size ?? layers.size);
  }, [reader, layers, photo, x, y]);
}

/** Reading by pointer in one of the views: where it is, and with a press a place that stays. */
export function useReadingGestures(
  hoverIn: ViewName = 'photo',
): Pick<GestureHandlers, 'onTap' | 'onHover'> {
  const store = compareOf(useStudio());
  // Nothing is pointed at in a view that is not there any more.
  useEffect(() => () => store.set({ hover: undefined }), [store]);
  return useMemo(
    () => ({
      onTap: ([x, y]) => {
        const isInside = x >= 0 && y >= 0 && x < 1 && y < 1;
        store.set({ pinned: isInside ? [x, y] : undefined });
      },
      // A finger hovers nowhere: what it pressed is what is read.
      onHover: (point, { pointerType }) => {
        store.set({ hover: pointerType === 'touch' ? undefined : point, hoverIn });
      },
    }),
    [store, hoverIn],
  );
}
