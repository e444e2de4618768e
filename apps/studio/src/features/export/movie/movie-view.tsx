import { isDioramaError } from '@diorama/core';
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStudio } from '../../../app/studio-context.ts';
import { movieMakerOf } from '../../../engine/export/movie/movie-maker.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Note } from '../../../ui/section.tsx';
import style from '../../stage/stage.module.css';
import { orderInWords } from './movie-words.ts';
import { openPreview, type PreviewHandle } from './open-preview.ts';
import { useMovieOrder } from './use-movie.ts';

/** What the movie will be, playing. */
export function MovieView() {
  const studio = useStudio();
  const stage = useRef<HTMLDivElement>(null);
  const handle = useRef<PreviewHandle>(undefined);
  const [isPlaying, setIsPlaying] = useState(
    () => !matchMedia('(prefers-reduced-motion: reduce)').matches,
  );
  const [problem, setProblem] = useState<string>();
  const order = useMovieOrder();
  useEffect(() => {
    if (!stage.current) return undefined;
    try {
      const opened = openPreview(stage.current, studio, movieMakerOf(studio));
      handle.current = opened;
      return () => opened.dispose();
    } catch (error) {
      if (!isDioramaError(error)) throw error;
      setProblem('This browser has no WebGL, so the movie cannot be shown here.');
      return undefined;
    }
  }, [studio]);
  useEffect(() => handle.current?.play(isPlaying), [isPlaying]);
  return (
    <div className={style['play']}>
      <div ref={stage} className={style['stage']}>
        {problem && (
          <div className={style['problem']}>
            <Note look="notice">{problem}</Note>
          </div>
        )}
      </div>
      <div className={style['bar']}>
        <IconButton
          label={isPlaying ? 'Pause' : 'Play'}
          icon={isPlaying ? <Pause size={18} /> : <Play size={18} />}
          disabled={problem !== undefined}
          onClick={() => setIsPlaying(!isPlaying)}
        />
        <span className={style['hint']}>{order && orderInWords(order)}</span>
      </div>
    </div>
  );
}
