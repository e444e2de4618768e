import { useEffect, useState } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { FrameShower } from '../../engine/effects/frame-shower.ts';
import { useEffectsTool } from './use-effects-tool.ts';

/** The frame to show, which another takes the place of when it is there. */
export function useShownFrame(): ImageBitmap | undefined {
  const studio = useStudio();
  const tool = useEffectsTool();
  const [frame, setFrame] = useState<ImageBitmap>();
  useEffect(() => {
    const shower = new FrameShower(studio, tool, { show: setFrame });
    return () => {
      shower.dispose();
      setFrame(undefined);
    };
  }, [studio, tool]);
  // Closed when it is shown no more, and not before.
  useEffect(() => () => frame?.close(), [frame]);
  return frame;
}
