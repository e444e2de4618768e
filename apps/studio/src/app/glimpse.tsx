import { useLayoutEffect, useRef } from 'react';
import style from './glimpse.module.css';
import { useStudioState } from './studio-context.ts';

/** The photo as it is, where its layers will be. */
export function Glimpse() {
  const glimpse = useStudioState((state) => state.glimpse);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!glimpse || !canvas.current) return;
    canvas.current.width = glimpse.width;
    canvas.current.height = glimpse.height;
    canvas.current.getContext('2d')?.drawImage(glimpse, 0, 0);
  }, [glimpse]);
  return glimpse && <canvas ref={canvas} className={style['glimpse']} />;
}
