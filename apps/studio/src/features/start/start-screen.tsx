import { ImagePlus, Lock, Server } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { usePickPhoto } from '../../app/photo-drop.tsx';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { useWherePixelsGo } from '../../app/use-where-pixels-go.ts';
import { Button } from '../../ui/button.tsx';
import { ExplodedPhoto } from './exploded-photo.tsx';
import { SampleList } from './sample-list.tsx';
import style from './start-screen.module.css';
import { TakePhoto } from './take-photo.tsx';

/** What the page is for, and the ways to give it a photo. */
export function StartScreen() {
  const studio = useStudio();
  const pick = usePickPhoto();
  const where = useWherePixelsGo();
  const mode = useStudioState((state) => state.mode);
  const main = useRef<HTMLElement>(null);
  // Coming back from a photo, what was focused is gone; on the first visit nothing is, and stays so.
  useEffect(() => {
    if (hasBeenHere) main.current?.focus({ preventScroll: true });
    hasBeenHere = true;
  }, []);
  return (
    <main ref={main} tabIndex={-1} className={style['start']}>
      <div className={style['words']}>
        <h2>Turn a photo into a small stage</h2>
        <p className={style['lead']}>
          Diorama finds how far things are, cuts the subject out, and fills in what is behind it.
        </p>
        <div className={style['drop']}>
          <p className={style['buttons']}>
            <Button look="main" icon={<ImagePlus size={18} />} onClick={pick}>
              Choose a photo
            </Button>
            <TakePhoto onPhoto={(file) => void studio.open(file)} />
          </p>
          <p className={style['hint']}>or drop it anywhere, or paste it</p>
        </div>
        <p className={style['where']}>
          {mode === 'device' ? <Lock size={14} /> : <Server size={14} />}
          {where}
        </p>
        <SampleList />
        <p className={style['docs']}>
          For programs: <a href="/docs">the same as an HTTP service</a>, and{' '}
          <a href="/embed">photos in depth on any page</a>
        </p>
      </div>
      <ExplodedPhoto />
    </main>
  );
}

let hasBeenHere = false;
