import { isDioramaError } from '@diorama/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { Note } from '../../ui/section.tsx';
import { openStage, type StageHandle } from './open-stage.ts';
import style from './stage.module.css';

const KEYS_IN_WORDS =
  'Arrow keys look from the side or turn, Shift and arrow keys move what is turned, plus and minus change how near it is, 0 goes back, space plays and pauses.';

/** The stage itself: a canvas that plays, moved by pointer, touch and keys. */
export function StageCanvas() {
  const studio = useStudio();
  const stage = useRef<HTMLDivElement>(null);
  const handle = useRef<StageHandle>(undefined);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (!stage.current) return undefined;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      studio.setStage({ isPlaying: false });
    }
    try {
      const opened = openStage(stage.current, studio, (isLost) =>
        setProblem(
          isLost ? 'The graphics card is busy elsewhere. The stage comes back.' : undefined,
        ),
      );
      handle.current = opened;
      return () => opened.dispose();
    } catch (error) {
      if (!isDioramaError(error)) throw error;
      setProblem(
        'This browser has no WebGL, so nothing can be moved here. Everything else works without it.',
      );
      return undefined;
    }
  }, [studio]);
  const press = (event: KeyboardEvent) => {
    if (!handle.current?.press(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore-start lint/a11y/noNoninteractiveTabindex: its keys move the camera, as an application's do
    <div
      ref={stage}
      className={style['stage']}
      role="application"
      aria-label="Stage"
      aria-roledescription="photo that can be looked at from the side"
      aria-description={KEYS_IN_WORDS}
      tabIndex={0}
      onKeyDown={press}
    >
      {problem && (
        <div className={style['problem']} role="status">
          <Note look="notice">{problem}</Note>
        </div>
      )}
    </div>
    // biome-ignore-end lint/a11y/noNoninteractiveTabindex: until here
  );
}
